"""An abstract beside its translation, sentence by sentence: rows of the two texts and their HTML.

A row holds what says the same in both languages. Where that is not sure there are no rows, and
paragraphs are shown. Rows are made once, when the texts are stored (``kept_pairs``), and made again
on the fly where an older aligner or renderer made what is stored. Pure: it knows no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from papers.text import alignment, markup
from papers.text.alignment import Alignment, Bead, align
from papers.text.incomplete import left_out
from papers.text.markup import SafeHtml, has_markup, sentences_html, text_html
from papers.text.precomputed import precomputed
from papers.text.sentences import Span

VERSION = f"{alignment.VERSION}.{markup.VERSION}"
"""Of what is stored: the aligner's version and the renderer's."""

Kept = Mapping[str, Any]
Lengths = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Sentences that say the same. A span is empty where that language says nothing of it; all
    spans of a language together are its text, to the character."""

    english: Span
    chinese: Span
    english_html: SafeHtml
    chinese_html: SafeHtml
    ends_paragraph: bool = False
    """Whether a paragraph of the English ends with this row and another one follows."""

    @property
    def is_untranslated(self) -> bool:
        """Whether the Chinese leaves the English out."""
        return self.chinese[0] == self.chinese[1]

    @property
    def is_added(self) -> bool:
        """Whether the Chinese says what the English does not."""
        return self.english[0] == self.english[1]


def row_lengths(english: str, chinese: str) -> Lengths:
    """How many characters of either text each row takes; none where pairs are not sure."""
    found = aligned(english, chinese)
    if not found.sure:
        return []
    without_partner = {*left_out(english, chinese, found)}
    lengths: Lengths = []
    waiting = (0, 0)
    for bead in found.beads:
        size = _size(bead.english) + waiting[0], _size(bead.chinese) + waiting[1]
        waiting = 0, 0
        if not bead.is_alone or _is_marked(bead, without_partner):
            lengths.append(size)
        elif lengths:
            # A neighbour may say the same: together with it the sentence is beside its partner.
            lengths[-1] = lengths[-1][0] + size[0], lengths[-1][1] + size[1]
        else:
            waiting = size
    return lengths


@lru_cache(maxsize=256)  # a text is judged when it comes, and shown as pairs when it is chosen
def aligned(english: str, chinese: str) -> Alignment:
    """``align`` of an abstract that is asked for more than once."""
    return align(english, chinese)


def _is_marked(bead: Bead, left_out: set[Span]) -> bool:
    """Whether a sentence is shown as one without partner."""
    return bead.sure and (bead.counts[0] == 0 or bead.english in left_out)


def _size(span: Span) -> int:
    return span[1] - span[0]


@precomputed
def kept_pairs(english: str, chinese: str, link: str) -> Kept:
    """The rows, to be stored as JSON: their lengths, and the HTML of a language that has markup.
    ``link`` is the paper's page at arXiv."""
    kept: dict[str, Any] = {"version": VERSION}
    if not (english and chinese) or not (rows := row_lengths(english, chinese)):
        return kept
    for language, text, lengths in zip(
        ("en", "zh"), (english, chinese), zip(*rows, strict=True), strict=True
    ):
        if not has_markup(text):
            continue
        html = sentences_html(text, _spans(lengths), link)
        if html is None:  # a command goes from one sentence into the next
            return {"version": VERSION}
        kept[language] = [str(one) for one in html]
    return kept | {"rows": [list(row) for row in rows]}


def pairs_of(kept: Kept, english: str, chinese: str, link: str) -> list[SentencePair]:
    """The rows of these texts, of which ``kept`` is what is stored."""
    if not (english and chinese):
        return []
    if kept.get("version") != VERSION:
        kept = kept_pairs(english, chinese, link)
    if not (rows := kept.get("rows")):
        return []
    of_english, of_chinese = (_spans(lengths) for lengths in zip(*rows, strict=True))
    return [
        SentencePair(*row)
        for row in zip(
            of_english,
            of_chinese,
            _html(english, of_english, kept.get("en")),
            _html(chinese, of_chinese, kept.get("zh")),
            ["\n" in _space_after(english, span) for span in of_english],
            strict=True,
        )
    ]


def _space_after(text: str, span: Span) -> str:
    sentence = text[slice(*span)]
    return sentence[len(sentence.rstrip()) :]


def _spans(lengths: Sequence[int]) -> list[Span]:
    return [*pairwise(accumulate(lengths, initial=0))]


def _html(text: str, spans: list[Span], kept: Sequence[str] | None) -> list[SafeHtml]:
    if kept is not None:
        return [SafeHtml(one) for one in kept]  # made by kept_pairs
    return [text_html(text[start:end].strip()) for start, end in spans]
