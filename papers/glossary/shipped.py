"""The glossary that ships with the site: mined terms in ``mined.tsv``, and the hand list.

``build_glossary --write`` writes the file, and ``HEADING`` says what its columns are.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from sys import intern

from papers.glossary import hand_list
from papers.glossary.term_pairs import Direction, Kind, Origin, TermPair

FILE = Path(__file__).with_name("mined.tsv")
HEADING = """\
Terms of arXiv papers in English and Chinese, mined by manage.py build_glossary --write from titles
and abstracts of papers that public digests gave in both languages. The licence is that of the
project (LICENSE). The terms of terms.txt, written by hand, win over these.
Columns: English, Chinese, kind (core, variant, abbreviation), direction (> only from Chinese to
English, < only from English to Chinese), Dice coefficient, pairs of sentences with both terms, with
the Chinese, with the English. Of words that only searches use, the numbers are titles."""
_KINDS = {kind.value[0]: kind for kind in Kind}
_DIRECTIONS = {"": Direction.BOTH, ">": Direction.TO_ENGLISH, "<": Direction.TO_CHINESE}
_MARKS = {direction: mark for mark, direction in _DIRECTIONS.items()}


@cache
def shipped_pairs() -> tuple[TermPair, ...]:
    """Return the pairs of both files, read once."""
    return (*read(FILE), *hand_list.read())


@cache
def shipped_hash() -> str:
    """Return a hash of both files."""
    digest = hashlib.sha256()
    for file in (FILE, hand_list.FILE):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def read(file: Path) -> list[TermPair]:
    """Return the pairs of a file of mined terms."""
    lines = file.read_text("utf-8").splitlines()
    return [_pair(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def write(file: Path, pairs: Iterable[TermPair]) -> None:
    """Write mined terms, one a line."""
    lines = [f"# {line}" for line in HEADING.splitlines()]
    lines += ["\t".join(_columns(pair)) for pair in pairs]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _pair(english: str, chinese: str, kind: str, direction: str, *numbers: str) -> TermPair:
    score, together, chinese_count, english_count = numbers
    return TermPair(
        intern(chinese),
        intern(english),
        _KINDS[kind],
        _DIRECTIONS[direction],
        Origin.SHIPPED,
        float(score),
        int(together),
        int(chinese_count),
        int(english_count),
    )


def _columns(pair: TermPair) -> tuple[str, ...]:
    return (
        pair.english,
        pair.chinese,
        str(pair.kind)[0],
        _MARKS[Direction(pair.direction)],
        f"{pair.score:.2f}",
        *map(str, (pair.together, pair.chinese_count, pair.english_count)),
    )
