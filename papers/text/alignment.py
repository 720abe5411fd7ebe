"""Align the sentences of an abstract with those of its translation.

The model is that of Gale and Church (A Program for Aligning Sentences in Bilingual Corpora,
Computational Linguistics 19, 1993, https://aclanthology.org/J93-1004/): a sentence and its
translation have about the same length. ``sentences.py`` splits both texts. Sentences that
correspond form a *bead*, and ``best_path.py`` finds the sequence of beads with the lowest cost. The
cost of a bead (``bead_costs.py``, with the constants and their estimation) is the sum of

- the cost of its kind: 1–1, 2–1, 1–2, 2–2, 1–0, 0–1, and also 3–1 and 1–3, so that a third sentence
  is not reported as one without translation;
- the cost of its lengths: the squared difference divided by ``VARIANCE`` times their sum, as in a
  normal distribution, but at most ``MOST_FOR_LENGTH``. A Han character counts as ``HAN`` others;
- the cost of its anchors: negative for shared anchors, positive for anchors on one side only
  (``anchors.py``).

The model is symmetric: swapping the languages gives the same beads, swapped. ``docs/alignment.md``
reports the accuracy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, compress
from math import inf
from operator import not_, or_

from papers.text.anchors import NO_TERMS, Terms, find_anchors
from papers.text.bead_costs import side
from papers.text.best_path import Node, Placed, best_path
from papers.text.sentences import Span, sentences

VERSION = 2
"""Version of the aligner and of the sentence splitter. Raise it with every change of the results:
alignments stored with an older version are then computed again."""

MOST_CHARACTERS = 20_000
MOST_SENTENCES = 200
"""A text beyond one of these limits is not aligned: the result is one bead that is not sure. arXiv
accepts abstracts of up to 1,920 characters."""

LEAST_MARGIN = 2.5
"""A bead is sure only if the best path without it costs at least this much more than the best path,
in natural logarithms: that path is 12 times less likely."""
LEAST_STRENGTH = 4.5
"""The same for the margin minus the bead's own cost: a bead that neither lengths nor anchors
support is not sure."""
LEAST_MARGIN_ALONE = 5.0
"""The least margin for a sentence without translation. Its own cost does not count."""
COSTLY = 8.0
"""A bead with sentences of both texts is not shown as a pair from this cost on."""

LEAST_PAIRS = 0.9
LEAST_SURE_PAIRS = 0.8
"""The least shares of beads that are pairs, and that are sure pairs, for a sure alignment. Beads
that are surely without partner do not count."""

_PAIRS = ((1, 1), (2, 1), (1, 2))


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that correspond: a span of each text. A span is empty if there is none."""

    english: Span
    chinese: Span
    counts: tuple[int, int]
    """The number of sentences in each text."""
    cost: float
    """In natural logarithms; below zero if anchors support the bead."""
    sure: bool

    @property
    def kind(self) -> str:
        return "{}–{}".format(*self.counts)

    @property
    def is_pair(self) -> bool:
        """Whether one sentence corresponds to one or two, which is easy to read side by side."""
        return self.counts in _PAIRS

    @property
    def is_alone(self) -> bool:
        """Whether the sentence has no counterpart in the other text."""
        return 0 in self.counts


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads in order. Their English spans joined are the whole English text, and their Chinese
    spans the whole Chinese text."""

    beads: tuple[Bead, ...]

    @property
    def sureness(self) -> float:
        """The share of beads that are pairs and sure, 0 to 1."""
        return _share(bead.is_pair and bead.sure for bead in self.beads)

    @property
    def sure(self) -> bool:
        """Whether to show the beads as pairs. If not, show the paragraphs side by side.

        A sentence that surely has no translation, and the beads next to it, do not count in the
        share of sure pairs: they are in doubt, but the rest of the alignment is not.
        """
        alone = [bead.is_alone and bead.sure for bead in self.beads]
        beside = [False, *alone, False]
        pairs = [bead.is_pair for bead in compress(self.beads, map(not_, alone))]
        sure = [
            bead.is_pair and bead.sure
            for position, bead in enumerate(self.beads)
            if not any(beside[position : position + 3])
        ]
        return (
            _share(pairs) >= LEAST_PAIRS
            and _share(sure) >= LEAST_SURE_PAIRS
            and all(bead.is_alone or bead.cost < COSTLY for bead in self.beads)
        )

    @property
    def only_english(self) -> tuple[Span, ...]:
        """The English sentences without translation."""
        return tuple(bead.english for bead in self.beads if bead.counts == (1, 0))

    @property
    def only_chinese(self) -> tuple[Span, ...]:
        """The Chinese sentences without English counterpart."""
        return tuple(bead.chinese for bead in self.beads if bead.counts == (0, 1))


def _share(wanted: Iterable[bool]) -> float:
    flags = [*wanted]
    return sum(flags) / len(flags) if flags else 0.0


def align(english: str, chinese: str, terms: Terms = NO_TERMS) -> Alignment:
    """Split both texts into sentences and align them. ``terms`` are additional anchors, such as the
    terms of a glossary."""
    cut = _cut(english), _cut(chinese)
    if _is_too_long(english, cut[0]) or _is_too_long(chinese, cut[1]):
        counts = len(cut[0]), len(cut[1])
        return Alignment((Bead((0, len(english)), (0, len(chinese)), counts, inf, False),))
    if english <= chinese:  # one order for both directions, so that ties are resolved alike
        path = _path(cut[0], cut[1], terms)
    else:
        path = [_swapped(step) for step in _path(cut[1], cut[0], terms)]
    places = [*accumulate(map(len, cut[0]), initial=0)], [*accumulate(map(len, cut[1]), initial=0)]
    surely = _surely(path)
    return Alignment(tuple(map(partial(_bead, places), path, surely)))


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _is_too_long(text: str, cut: Sequence[str]) -> bool:
    return len(text) > MOST_CHARACTERS or len(cut) > MOST_SENTENCES


def _path(one: Sequence[str], other: Sequence[str], terms: Terms) -> list[Placed]:
    anchors = find_anchors(one, other, terms)
    begins = _begin_paragraphs(one), _begin_paragraphs(other)
    if sum(begins[0]) != sum(begins[1]):  # then the paragraphs do not correspond
        begins = [False] * len(one), [False] * len(other)
    sides = side(one, anchors.one, begins[0]), side(other, anchors.other, begins[1])
    return best_path(*sides, anchors.rare, _least_margin)


def _begin_paragraphs(cut: Sequence[str]) -> list[bool]:
    """Return, for each sentence, whether it begins a paragraph other than the first."""
    return [False, *("\n" in before for before in cut[:-1])]


def _swapped(step: Placed) -> Placed:
    return step._replace(start=(step.start[1], step.start[0]), end=(step.end[1], step.end[0]))


def _surely(path: Sequence[Placed]) -> list[bool]:
    """Return whether each step is sure.

    A pair next to a sentence without translation is not: it may contain that translation.
    """
    alone = [0 in _counts(step) for step in path]
    padded = [False, *alone, False]
    beside = map(or_, padded, padded[2:])
    return [
        (is_alone or not is_beside) and step.margin >= _least_margin(*step[:3])
        for step, is_alone, is_beside in zip(path, alone, beside, strict=True)
    ]


def _least_margin(start: Node, end: Node, cost: float) -> float:
    is_alone = start[0] == end[0] or start[1] == end[1]
    return LEAST_MARGIN_ALONE if is_alone else max(LEAST_MARGIN, LEAST_STRENGTH + cost)


def _counts(step: Placed) -> tuple[int, int]:
    return step.end[0] - step.start[0], step.end[1] - step.start[1]


def _bead(places: tuple[list[int], list[int]], step: Placed, sure: bool) -> Bead:
    spans = [
        (of[start], of[end]) for of, start, end in zip(places, step.start, step.end, strict=True)
    ]
    return Bead(spans[0], spans[1], _counts(step), step.cost, sure)
