"""Which sentences of an abstract and of its translation say the same. Pure: no Django.

The model is Gale and Church's (A Program for Aligning Sentences in Bilingual Corpora, Computational
Linguistics 19, 1993, https://aclanthology.org/J93-1004/): what says the same is about equally long.
Sentences are cut by ``sentences.py`` and joined into *beads*; the cheapest row of beads wins
(``best_path.py``). A bead costs (``bead_costs.py``, with the constants and how they were estimated)

- what its kind costs: 1–1, 2–1, 1–2, 2–2, 1–0, 0–1, and 3–1 and 1–3, so that a third sentence is
  not taken for one without partner;
- what its lengths cost: the difference squared over ``VARIANCE`` times their sum, as under a normal
  distribution, but no more than ``MOST_FOR_LENGTH``. A Han character is as long as ``HAN`` others;
- less what its anchors save, and what anchors cost that stand on one side only (``anchors.py``).

All of it is symmetric: with the languages swapped the same beads come out, swapped.
``docs/alignment.md`` says how often the result is right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, compress
from math import inf
from operator import not_, or_

from papers.text.anchors import NO_TERMS, Terms, find_anchors
from papers.text.bead_costs import side
from papers.text.best_path import Placed, best_path
from papers.text.sentences import Span, sentences

VERSION = 2
"""Of the aligner and of the cutting into sentences. Raise it with every change to what comes out:
what was made by an older one is made anew."""

MOST_CHARACTERS = 20_000
MOST_SENTENCES = 200
"""A text beyond these is not aligned: one bead, not sure. arXiv takes no abstract above 1,920
characters."""

LEAST_MARGIN = 2.5
"""How much dearer the best row of beads without this bead must be than the best one, for the bead
to be sure: it is 12 times less likely."""
LEAST_STRENGTH = 4.5
"""The same, less the bead's own cost: what neither length nor anchors support is not sure."""
LEAST_MARGIN_ALONE = 5.0
"""The margin of a sentence without partner, whose cost does not count: nothing supports it."""
COSTLY = 8.0
"""The cost from which sentences of both texts are no pair for a reader."""

LEAST_PAIRS = 0.9
LEAST_SURE_PAIRS = 0.8
"""The shares of beads that must be pairs, and sure ones, for the whole to be sure. Those that are
surely without partner do not count."""

_PAIRS = ((1, 1), (2, 1), (1, 2))


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that say the same: a span of either text, empty where nothing does."""

    english: Span
    chinese: Span
    counts: tuple[int, int]
    """How many sentences of either text."""
    cost: float
    """In natural logarithms; below zero where anchors support it."""
    sure: bool

    @property
    def kind(self) -> str:
        return "{}–{}".format(*self.counts)

    @property
    def is_pair(self) -> bool:
        """Whether a reader can take this in at a glance: one sentence beside one or two."""
        return self.counts in _PAIRS

    @property
    def is_alone(self) -> bool:
        """Whether one of the texts says nothing of it."""
        return 0 in self.counts


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads in order. The English spans together are the whole English text, and the Chinese
    ones the whole Chinese text, to the character."""

    beads: tuple[Bead, ...]

    @property
    def sureness(self) -> float:
        """The share of beads that are pairs and sure, 0 to 1."""
        return _share(bead.is_pair and bead.sure for bead in self.beads)

    @property
    def sure(self) -> bool:
        """Whether to show the beads as pairs. If not, show the paragraphs. A sentence that is
        surely without partner leaves its neighbours in doubt, but not the whole."""
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
        """English sentences without Chinese."""
        return tuple(bead.english for bead in self.beads if bead.counts == (1, 0))

    @property
    def only_chinese(self) -> tuple[Span, ...]:
        """Chinese sentences without English."""
        return tuple(bead.chinese for bead in self.beads if bead.counts == (0, 1))


def _share(wanted: Iterable[bool]) -> float:
    flags = [*wanted]
    return sum(flags) / len(flags) if flags else 0.0


def align(english: str, chinese: str, terms: Terms = NO_TERMS) -> Alignment:
    """Cut both texts into sentences and pair them. ``terms`` are further anchors, such as those of
    a glossary."""
    cut = _cut(english), _cut(chinese)
    if _is_too_long(english, cut[0]) or _is_too_long(chinese, cut[1]):
        counts = len(cut[0]), len(cut[1])
        return Alignment((Bead((0, len(english)), (0, len(chinese)), counts, inf, False),))
    if english <= chinese:  # one order for both directions, so that equal costs end alike
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
    if sum(begins[0]) != sum(begins[1]):  # then no paragraph says where another begins
        begins = [False] * len(one), [False] * len(other)
    return best_path(
        side(one, anchors.one, begins[0]), side(other, anchors.other, begins[1]), anchors.rare
    )


def _begin_paragraphs(cut: Sequence[str]) -> list[bool]:
    """Of each sentence whether a paragraph begins with it, other than the first."""
    return [False, *("\n" in before for before in cut[:-1])]


def _swapped(step: Placed) -> Placed:
    return step._replace(start=(step.start[1], step.start[0]), end=(step.end[1], step.end[0]))


def _surely(path: Sequence[Placed]) -> list[bool]:
    """Whether each step is sure. Beside a sentence without partner no pair is: it may say what that
    sentence says, too."""
    alone = [0 in _counts(step) for step in path]
    padded = [False, *alone, False]
    beside = map(or_, padded, padded[2:])
    return [
        step.margin >= LEAST_MARGIN_ALONE
        if is_alone
        else not is_beside and step.margin >= max(LEAST_MARGIN, LEAST_STRENGTH + step.cost)
        for step, is_alone, is_beside in zip(path, alone, beside, strict=True)
    ]


def _counts(step: Placed) -> tuple[int, int]:
    return step.end[0] - step.start[0], step.end[1] - step.start[1]


def _bead(places: tuple[list[int], list[int]], step: Placed, sure: bool) -> Bead:
    spans = [
        (of[start], of[end]) for of, start, end in zip(places, step.start, step.end, strict=True)
    ]
    return Bead(spans[0], spans[1], _counts(step), step.cost, sure)
