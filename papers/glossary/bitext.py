"""Cut bilingual papers into pairs of sentences, and these into words, to mine terms from them.

``cut`` runs in worker processes (``papers.parallel``). It returns words joined by spaces, because
one long string is cheap to send. An English word that is joined to the next one ends with a hyphen.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from papers.glossary.abbreviations import definitions
from papers.glossary.tokens import HAN, chinese_text, english_tokens
from papers.text.alignment import COSTLY, align
from papers.text.folding import fold
from papers.text.segmenter import words_of

BREAK = "|"
"""Stands for what no term reaches over: punctuation, formulas, the end of a sentence."""

_CHINESE_RUN = re.compile(rf"([{HAN}]+)|([a-z0-9.]*[a-z][a-z0-9.]*)|(\S|\s)")


class BilingualPaper(NamedTuple):
    """The texts of one paper. Without Chinese only its abbreviations are read."""

    title: str
    abstract: str
    title_zh: str = ""
    abstract_zh: str = ""


class Segment(NamedTuple):
    """Texts that translate each other: titles, or one or more sentences. Both as words."""

    english: str
    chinese: str
    is_title: bool

    @property
    def as_line(self) -> str:
        return f"{self.english}\t{self.chinese}\t{'title' if self.is_title else ''}\n"

    @classmethod
    def from_line(cls, line: str) -> "Segment":
        english, chinese, title = line.rstrip("\n").split("\t")
        return cls(english, chinese, title == "title")


class Cut(NamedTuple):
    """The segments of some papers as lines, and the abbreviations that each paper defines."""

    segments: list[str]
    abbreviations: list[tuple[str, str]]


def cut(papers: list[BilingualPaper]) -> Cut:
    """Return the segments and abbreviations of these papers."""
    segments = [one.as_line for paper in papers if paper.abstract_zh for one in _segments(paper)]
    abbreviations = [one for paper in papers for one in sorted(set(definitions(paper.abstract)))]
    return Cut(segments, abbreviations)


def _segments(paper: BilingualPaper) -> Iterator[Segment]:
    if paper.title_zh:
        yield Segment(english_words(paper.title), chinese_words(paper.title_zh), True)
    for bead in align(paper.abstract, paper.abstract_zh).beads:
        if bead.is_pair and bead.cost < COSTLY:
            english, chinese = paper.abstract[slice(*bead.english)], paper.abstract_zh
            yield Segment(
                english_words(english), chinese_words(chinese[slice(*bead.chinese)]), False
            )


def english_words(text: str) -> str:
    """Return the words of an English text as written; numbers are breaks."""
    parts: list[str] = []
    for token in english_tokens(text):
        word = text[token.start : token.end]
        if word.isdigit():
            parts.append(BREAK)
        elif not token.joined:
            parts += (word, BREAK)
        else:
            parts.append(word if text[token.end].isspace() else f"{word}-")
    return " ".join(parts)


def chinese_words(text: str) -> str:
    """Return the words of a Chinese text in the normal form of ``chinese_key``."""
    return " ".join(_chinese_words(chinese_text(text).text))


def _chinese_words(text: str) -> Iterable[str]:
    for run, latin, _ in _CHINESE_RUN.findall(text):
        if run:
            yield from words_of(run)
        elif latin:
            yield fold(latin)
        else:
            yield BREAK
