"""Correct misspelt words. Only what occurs in no paper is changed, into a word of titles.

A Latin word is compared with words one change away, a long one also with words two changes away. A
run of Han has no spaces, and a misprint changes its segmentation: there the stretches that fall
apart into single characters are compared with the words of titles.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from papers.db.raw_sql import fetch_all
from papers.search.analyzer import phrase, words_in
from papers.search.backend import WORDS
from papers.search.dictionary import FUNCTION_WORDS, HAN, LONGEST_TERM
from papers.search.frequency import MAX_COUNTED, frequencies
from papers.search.query_nodes import Term

LONGEST_LATIN = 24  # letters of a word that is corrected
LONGEST_RUN = 40  # characters of a run of Han that are compared
MAX_CORRECTED = 6  # words of a text; each costs two queries
MAX_CANDIDATES = 3_000
_TWO_CHANGES = 7  # letters of a word that may have two mistakes
_TRIED = 8  # corrections of a run of Han whose stretch is looked up
_FIRST_HAN, _ANY = "\u3400", "?"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")

# The commonest family names: a short run that starts with one may be a person.
_FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤文"
)
_NAME_LENGTHS = (2, 3)


def corrections(text: str) -> dict[str, str]:
    """Map the misspelt words and runs of Han of a folded text to what is meant."""
    latin = _LATIN.findall(_HAN_RUN.sub(" ", text))
    found = {word: corrected_word(word) for word in unknown(latin)[:MAX_CORRECTED]}
    for run in _HAN_RUN.findall(text)[:MAX_CORRECTED]:
        if not _may_be_name(run):
            found[run] = corrected_run(run)
    return {wrong: right for wrong, right in found.items() if right}


def unknown(words: Iterable[str]) -> list[str]:
    """Return those of the Latin words that no paper has, each once."""
    distinct = [*dict.fromkeys(words)][:MAX_COUNTED]
    numbers = frequencies([Term((word,)) for word in distinct], 1)
    return [word for word, number in zip(distinct, numbers, strict=True) if not number]


# --- Latin words


def corrected_word(word: str) -> str:
    """Return the title word with the fewest changes from this one; empty if none is near.

    Of equals a swap of neighbours is likelier than another mistake, then the more frequent word.
    """
    if len(word) > LONGEST_LATIN:
        return ""
    swaps = {*_swapped(word)}
    near = _papers_with([*swaps, *_one_change(word)])
    if near:
        return min(near, key=lambda other: (other not in swaps, -near[other], other))
    return _two_changes(word) if len(word) >= _TWO_CHANGES else ""


def _one_change(word: str) -> Iterator[str]:
    """Yield the words with one letter less, one more, or another one."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]


def _papers_with(words: Iterable[str]) -> dict[str, int]:
    """Return those of the words that titles have, each with the number of titles."""
    distinct = sorted({*words})
    marks = ", ".join(["%s"] * len(distinct))
    return dict(fetch_all(f"SELECT word, papers FROM {WORDS} WHERE word IN ({marks})", distinct))


def _two_changes(word: str) -> str:
    """Return the title word with two changes that starts with the same two letters, if any."""
    rows = fetch_all(
        f"SELECT word, papers FROM {WORDS} WHERE word >= %s AND word < %s "
        "AND length(word) BETWEEN %s AND %s ORDER BY papers DESC LIMIT %s",
        [word[:2], f"{word[:2]}\U0010ffff", len(word) - 2, len(word) + 2, MAX_CANDIDATES],
    )
    near = [(-papers, other) for other, papers in rows if changes(word, other, 2) <= 2]
    return min(near)[1] if near else ""


def changes(one: str, other: str, most: int) -> int:
    """Return the edit distance of two words, or a number over ``most`` if it is larger.

    Insertions, deletions, replacements and swaps of neighbours each count one (optimal string
    alignment distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: Sequence[int] = []
    row: list[int] = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


# --- Runs of Han


def corrected_run(run: str) -> str:
    """Return the run with one part replaced by a similar word of titles; empty if there is none.

    The best replacement gives the fewest words; of equals, the most frequent word is taken.
    """
    spans = _doubtful_spans(run[:LONGEST_RUN])
    known = _words_like([run[start:end] for start, end in spans])
    near = sorted(
        (len(words_in(whole)), -known[word], whole, part)
        for part, word, whole in _replacements(run, spans, known)
    )[:_TRIED]
    for _, _, whole, part in near:
        if not _occurs(part):
            return whole
    return ""


def _may_be_name(run: str) -> bool:
    """Return whether the run can be a person's name: a family name, and no word in it."""
    is_short = len(run) in _NAME_LENGTHS and run[0] in _FAMILY_NAMES
    return is_short and max(map(len, words_in(run))) == 1


def _occurs(part: str) -> bool:
    node = phrase(part)
    return node is not None and bool(frequencies([node], 1)[0])


def _doubtful_spans(run: str) -> list[tuple[int, int]]:
    """Return the parts of a run that hold a character outside of all longer words."""
    single: set[int] = set()
    at = 0
    for word in words_in(run):
        if len(word) == 1 and word not in FUNCTION_WORDS:
            single.add(at)
        at += len(word)
    return [
        (start, end)
        for start in range(len(run) - 1)
        for end in range(start + 2, min(start + LONGEST_TERM, len(run)) + 1)
        if not single.isdisjoint(range(start, end))
    ]


def _replacements(
    run: str, spans: list[tuple[int, int]], known: dict[str, int]
) -> Iterator[tuple[str, str, str]]:
    """Yield (part of the run, similar word, run with that word in place of the part)."""
    by_form: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for form in (word, *_masked(word)):
            by_form[form].append(word)
    for start, end in spans:
        part = run[start:end]
        for form in (*_masked(part), *_swapped(part)):
            for word in by_form.get(form, ()):
                if word != part:
                    yield part, word, run[:start] + word + run[end:]


def _masked(word: str) -> Iterator[str]:
    """Yield the word with each character in turn replaced by a wildcard."""
    return (word[:at] + _ANY + word[at + 1 :] for at in range(len(word)))


def _swapped(word: str) -> Iterator[str]:
    """Yield the word with each pair of neighbours in turn swapped."""
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _words_like(parts: list[str]) -> dict[str, int]:
    """Return candidate words of titles, with the number of titles of each.

    A candidate starts like one of the parts, equals it except for the first character, or is it
    with the first two characters swapped.
    """
    if not parts:
        return {}
    firsts = sorted({character for part in parts for character in part[:2]})
    rests = sorted({part[1:] for part in parts})
    marks = [", ".join(["%s"] * len(them)) for them in (firsts, rests)]
    rows = fetch_all(
        f"SELECT word, papers FROM {WORDS} WHERE word >= %s AND length(word) <= %s AND "
        f"(substr(word, 1, 1) IN ({marks[0]}) OR substr(word, 2) IN ({marks[1]})) "
        "ORDER BY papers DESC LIMIT %s",
        [_FIRST_HAN, LONGEST_TERM, *firsts, *rests, MAX_CANDIDATES],
    )
    return dict(rows)
