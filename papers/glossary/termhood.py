"""Which sequences of words may be terms: no function word, verb or empty word at an edge. Pure."""

from pathlib import Path

LONGEST_CHINESE, LONGEST_ENGLISH = 6, 5  # words
MOST_CHARACTERS = 12  # of a Chinese term; Latin words within it count as two
LEAST_HAN, MOST_HAN = 1.2, 4.5  # Han characters for each English word
CLOSE, LEAST_HAN_OF_CLOSE = 0.7, 1.0  # Dice coefficient of close pairs
MOST_HAN_OF_WORD = 5


def _sections(text: str) -> dict[str, frozenset[str]]:
    """Return the words of each section of the file of stop words."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    sections: dict[str, set[str]] = {}
    for line in lines:
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), set())
        else:
            section.update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


_STOP_WORDS = _sections(Path(__file__).with_name("stop_words.txt").read_text("utf-8"))
_ENGLISH_FUNCTION = _STOP_WORDS["english function words"]
_ENGLISH_EMPTY = _STOP_WORDS["english"]
_ENGLISH_BEGINNINGS = _STOP_WORDS["english beginnings"]
_NO_ADVERBS = _STOP_WORDS["english words in ly"]
_CHINESE = _STOP_WORDS["chinese"]
_CHINESE_BEGINNINGS = _STOP_WORDS["chinese beginnings"]
_CHINESE_ENDINGS = _STOP_WORDS["chinese endings"]

Words = tuple[str, ...]


def is_english_start(word: str) -> bool:
    return word not in _ENGLISH_FUNCTION


def is_chinese_start(word: str) -> bool:
    return word not in _CHINESE


def is_english_term(words: Words) -> bool:
    """Whether these words, in normal form, may be a term."""
    first, last = words[0], words[-1]
    return (
        last not in _ENGLISH_FUNCTION
        and first not in _ENGLISH_EMPTY
        and first not in _ENGLISH_BEGINNINGS
        and last not in _ENGLISH_EMPTY
        and (not first.endswith("ly") or first in _NO_ADVERBS)
        and sum(map(len, words)) > 2
        and any(map(str.isalpha, words))
    )


def is_english_phrase(words: Words) -> bool:
    """Whether these words of a running text may be a term of several words."""
    return len(words) > 1 and is_english_start(words[0]) and is_english_term(words)


def is_chinese_term(words: Words) -> bool:
    first, last = words[0], words[-1]
    return (
        first not in _CHINESE
        and last not in _CHINESE
        and last not in _CHINESE_ENDINGS
        and (first not in _CHINESE_BEGINNINGS or len(words) == 1)
        and 2 <= characters(words) <= MOST_CHARACTERS
        and han_of(words) >= 2
    )


def is_chinese_length(words: Words) -> bool:
    """Whether Chinese words are short enough to be a term or the beginning of one."""
    return characters(words) <= MOST_CHARACTERS


def characters(words: Words) -> int:
    return sum(min(len(word), 2) if word.isascii() else len(word) for word in words)


def han_of(words: Words) -> int:
    return sum(len(word) for word in words if not word.isascii())


def corresponds(english: Words, chinese: Words, dice: float) -> bool:
    """Whether two terms may be whole translations of each other, by their lengths.

    Latin words are the same in both. A close pair may be shorter: remote sensing, 遥感.
    """
    latin = sum(word.isascii() for word in chinese)
    number = max(len(english) - latin, 1)
    least = LEAST_HAN_OF_CLOSE if dice >= CLOSE else LEAST_HAN
    is_based = "based" in english[1:] and number > 2
    return least * number <= han_of(chinese) <= max(MOST_HAN * number, MOST_HAN_OF_WORD) and not (
        is_based and chinese[0] != "基于"
    )
