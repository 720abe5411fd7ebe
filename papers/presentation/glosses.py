"""Terms of English texts with their Chinese, for readers of Chinese where a translation is missing.

Only terms of several words are shown, each once: the first time that it occurs. A term is never
within a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from papers.glossary import Found, Glossary, current_glossary
from papers.glossary.tokens import english_key, has_han, slug_of
from papers.text.bilingual import ZH, Shown
from papers.text.markup import SafeHtml, has_markup, sentences_html, text_html
from papers.text.sentences import Span, sentences

MAX_IN_A_TITLE = 6


@dataclass(frozen=True, slots=True)
class Gloss:
    """A term as the text writes it, its Chinese, and its key in the glossary."""

    english: str
    chinese: str
    key: str


@dataclass(frozen=True, slots=True)
class GlossedSentence:
    """A sentence as HTML with its terms marked, and their glosses."""

    html: SafeHtml
    glosses: list[Gloss]
    ends_paragraph: bool


def title_glosses(titles: Iterable[Shown]) -> list[Gloss]:
    """Return the glosses of a title that stands for a missing Chinese one; else none."""
    text = _untranslated(titles)
    if not text:
        return []
    glossary = current_glossary()
    return [_gloss(text, one, glossary) for one in _terms(text, glossary)][:MAX_IN_A_TITLE]


def gloss_line(titles: Iterable[Shown]) -> SafeString:
    """Return ``越狱 · 大语言模型`` for the terms of a title without Chinese; else nothing."""
    names = dict.fromkeys(one.chinese for one in title_glosses(titles))
    if not names:
        return SafeString("")
    return format_html('<p class="gloss-line" lang="zh-Hans">{}</p>', " · ".join(names))


def glossed_abstract(abstracts: Iterable[Shown], link: str) -> list[GlossedSentence]:
    """Return the sentences of an abstract that stands for a missing Chinese one; else none.

    ``link`` is the paper's page at arXiv. An abstract without a known term has no such sentences,
    and neither has one whose markup goes from one sentence into the next.
    """
    text, glossary = _untranslated(abstracts), current_glossary()
    terms = _terms(text, glossary) if text else []
    if not terms:
        return []
    spans = sentences(text)
    cuts = _cut(spans, terms)
    html = _html(text, [piece for pieces in cuts for piece in pieces], link)
    if html is None:
        return []
    by_start = {one.start: one for one in terms}
    written = iter(html)
    return [
        GlossedSentence(
            SafeHtml("".join(_marked(next(written), start in by_start) for start, _ in pieces)),
            [_gloss(text, by_start[start], glossary) for start, _ in pieces if start in by_start],
            "\n" in _space_after(text[begin:end]),
        )
        for (begin, end), pieces in zip(spans, cuts, strict=True)
    ]


def _untranslated(shown: Iterable[Shown]) -> str:
    """Return the text that is shown because the Chinese is missing, or an empty string."""
    return next((one.text for one in shown if one.missing == ZH), "")


def _terms(text: str, glossary: Glossary) -> list[Found]:
    """Return the terms of several words that have a Chinese name, each once, in order."""
    terms: dict[str, Found] = {}
    for found in glossary.in_english(text):
        key = english_key(found.term)
        if " " in key and has_han(glossary.shown_chinese_of(found.term)):
            terms.setdefault(key, found)
    return list(terms.values())


def _gloss(text: str, found: Found, glossary: Glossary) -> Gloss:
    chinese = glossary.shown_chinese_of(found.term)
    return Gloss(text[found.start : found.end], chinese, slug_of(found.term))


def _cut(spans: Sequence[Span], terms: Sequence[Found]) -> list[list[Span]]:
    """Cut each sentence at the edges of its terms. A term across two sentences has no edges."""
    cuts = []
    for start, end in spans:
        inside = [one for one in terms if start <= one.start and one.end <= end]
        edges = [start, *(edge for one in inside for edge in (one.start, one.end)), end]
        pairs = zip(edges, edges[1:], strict=False)
        cuts.append([(first, last) for first, last in pairs if first < last])
    return cuts


def _html(text: str, pieces: list[Span], link: str) -> list[SafeHtml] | None:
    """Return each piece as inline HTML, spaces at its edges kept; None if they cannot be cut."""
    parts = [text[start:end] for start, end in pieces]
    if not has_markup(text):
        return [text_html(" ".join(part.split("\n"))) for part in parts]
    html = sentences_html(text, pieces, link)
    if html is None:
        return None
    return [
        SafeHtml(_edge(part[:1]) + one + _edge(part[-1:]))
        for part, one in zip(parts, html, strict=True)
    ]


def _space_after(sentence: str) -> str:
    return sentence[len(sentence.rstrip()) :]


def _edge(character: str) -> str:
    return " " if character.isspace() else ""


def _marked(html: SafeHtml, is_term: bool) -> str:
    return f'<span class="term">{html}</span>' if is_term else html
