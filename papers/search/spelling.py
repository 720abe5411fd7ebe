"""Correct Chinese words with one wrong character or two swapped characters.

A run of Han has no spaces, and a misprint changes its segmentation. So every part of the run is
compared with the words of titles.
"""

from collections import defaultdict
from collections.abc import Iterator

from papers.db.raw_sql import fetch_all
from papers.search.analyzer import words_in
from papers.search.backend import WORDS
from papers.search.dictionary import LONGEST_TERM

LONGEST_RUN = 12  # characters of a run that are compared
MAX_WORDS = 3_000
_FIRST_HAN, _ANY = "\u3400", "?"


def corrected(run: str) -> str:
    """Return the run with one part replaced by a similar word of titles; empty if there is none.

    The best replacement gives the fewest words; of equals, the most frequent word is taken.
    """
    known = _words_like(run[:LONGEST_RUN])
    near = [
        (len(words_in(whole)), -known[word], whole)
        for part, word, whole in _replacements(run, known)
        if known[word] > 10 * known.get(part, 0)
    ]
    return min(near)[2] if near else ""


def _replacements(run: str, known: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    """Yield (part of the run, similar word, run with that word in place of the part)."""
    by_form: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for form in (word, *_masked(word)):
            by_form[form].append(word)
    for start, end in _spans(run):
        part = run[start:end]
        for form in (*_masked(part), *_swapped(part)):
            for word in by_form.get(form, ()):
                if word != part:
                    yield part, word, run[:start] + word + run[end:]


def _spans(run: str) -> list[tuple[int, int]]:
    length = min(len(run), LONGEST_RUN)
    return [
        (start, end)
        for start in range(length - 1)
        for end in range(start + 2, min(start + LONGEST_TERM, length) + 1)
    ]


def _masked(word: str) -> Iterator[str]:
    """Yield the word with each character in turn replaced by a wildcard."""
    return (word[:at] + _ANY + word[at + 1 :] for at in range(len(word)))


def _swapped(word: str) -> Iterator[str]:
    """Yield the word with each pair of neighbours in turn swapped."""
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _words_like(run: str) -> dict[str, int]:
    """Return candidate words of titles, with the number of titles of each.

    A candidate starts with a character of the run, or equals a part of it except for the first
    character.
    """
    firsts = sorted(set(run))
    rests = sorted({run[start + 1 : end] for start, end in _spans(run)})
    if not rests:
        return {}
    marks = [", ".join(["%s"] * len(them)) for them in (firsts, rests)]
    rows = fetch_all(
        f"SELECT word, papers FROM {WORDS} WHERE word >= %s AND length(word) <= %s AND "
        f"(substr(word, 1, 1) IN ({marks[0]}) OR substr(word, 2) IN ({marks[1]})) "
        "ORDER BY papers DESC LIMIT %s",
        [_FIRST_HAN, LONGEST_TERM, *firsts, *rests, MAX_WORDS],
    )
    return dict(rows)
