"""Find English words that were left in a Chinese text.

A term that readers know in English (``token``), a name, and words in brackets or quotes are not
counted. One other term is accepted; several terms or a phrase are a fault.
"""

import re
from collections.abc import Container, Iterable, Iterator

from papers.text.triage.english import English
from papers.text.triage.words import SMALL, TERMS

# Words with one of these are part of a sentence, but "state of the art" is a term.
_JOINING = SMALL - {"a", "in", "of", "on", "the", "to"}

_LATIN = r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*"
_RUN = re.compile(
    rf"(?<![<A-Za-z0-9.*/@\\{{}}$-])(?<![A-Za-z0-9]_){_LATIN}(?: {{1,2}}{_LATIN})*"
    r"(?![(A-Za-z0-9/@}$]|[_.:-][A-Za-z0-9])"
)
_PAIR = re.compile("[A-Za-z] {1,2}[A-Za-z]{2}")
_PLAIN = re.compile("[A-Za-z]{3,}")
_POINTERS = (["this", "https"], ["this", "http"])  # arXiv's placeholder for a link
_ASIDE = re.compile(
    r"[“\"「『《`][^“”\"「」『』《》`\n]{1,120}[”\"」』》`]|\$[^$\n]{1,300}\$[A-Za-z]{0,30}"
    r"|\\footnote\{[^{}]{0,300}\}|https?:[^\s\u4e00-\u9fff]{1,300}"
    r"|\\[A-Za-z]{1,30}(?:\{[A-Za-z]{0,3}\}[A-Za-z]{0,30})?"
    r"|[（(\[【](?P<inside>[^（）()\[\]【】\n]{0,300})[）)\]】]"
)
_LONGEST_GLOSS = 6  # more words in lower case are an untranslated clause
_ENOUGH_IN_TITLE, _ENOUGH_IN_ABSTRACT = 2, 3
_LONG, _VERY_LONG = 3, 6


def plain_words(text: str) -> list[str]:
    """Return the Latin words in lower case, except terms, in the whole text."""
    return [word for word in _PLAIN.findall(text) if word.islower() and word not in TERMS]


def is_half_translated(text: str, words: list[str], english: English, is_title: bool) -> bool:
    """Return whether a phrase or several terms were left in English.

    ``words`` are the plain words of the text.
    """
    left = {word for word in words if word in english or word in english.folded}
    enough = _ENOUGH_IN_TITLE if is_title else _ENOUGH_IN_ABSTRACT
    if not left or (len(left) < enough and not _PAIR.search(text)):
        return False
    if not _condemn(_runs(text, english.folded), is_title):  # the same, but quick and too strict
        return False
    return _condemn(_runs(without_asides(text), english.words), is_title)


def words_left(text: str, english: str) -> int:
    """Return the number of different English words that were left in the text.

    Of several texts without faults, the one with the fewest reads best.
    """
    if not plain_words(text):  # as in most
        return 0
    words = English(english).words
    runs = _runs(without_asides(text), words)
    return len({word for run in runs for word in run if _is_left(word, words)})


def _condemn(runs: Iterable[list[str]], is_title: bool) -> bool:
    terms, seen = 0, set[str]()
    for run in runs:
        if _is_phrase(run) or (is_title and len(run) >= _LONG):
            return True
        words = {word.casefold().rstrip("s") for word in run}
        terms += words.isdisjoint(seen)  # "vehicular twin" behind "vehicular" is the same once more
        seen |= words
    return terms >= (_ENOUGH_IN_TITLE if is_title else _ENOUGH_IN_ABSTRACT)


def _runs(text: str, english: Container[str]) -> Iterator[list[str]]:
    """Yield each sequence of Latin words in which some were left in English."""
    for found in _RUN.finditer(text):
        run = found[0].split()
        if run[:2] in _POINTERS:
            continue
        left = [word for word in run if _is_left(word, english)]
        if any(word not in SMALL for word in left) or len(left) == len(run):
            yield run  # function words between names belong to the names


def _is_left(word: str, english: Container[str]) -> bool:
    """Return whether the word is a plain word of the English, not a name or a term."""
    if len(word) < 3 or not word.islower() or word in TERMS:
        return False
    if "-" not in word:
        return word in english
    parts = word.split("-")
    return not any(len(one) < 2 or one in TERMS or one not in english for one in parts)


def _is_phrase(run: list[str]) -> bool:
    """Return whether these words are part of a sentence: ``increasingly integrated into``."""
    own = [word for word in run if word.casefold() not in SMALL]
    if len(run) < 2 or 2 * sum(map(str.islower, own)) < max(len(own), 1):
        return False  # mostly capitals: a name
    if run[0].casefold() in SMALL or run[-1].casefold() in SMALL:
        return True
    return len(run) > _VERY_LONG or (len(run) > _LONG and not _JOINING.isdisjoint(run))


def without_asides(text: str) -> str:
    """Return the text without quotes, formulas, addresses and brackets; keep bracketed clauses."""
    return _ASIDE.sub(_without_aside, text)


def _without_aside(found: re.Match[str]) -> str:
    inside = found["inside"] or ""
    is_clause = inside[:1].islower() and inside.count(" ") >= _LONGEST_GLOSS
    return f"，{inside}，" if is_clause and inside.islower() else "，"
