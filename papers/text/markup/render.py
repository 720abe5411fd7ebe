"""Render titles, abstracts and leads as HTML, and any text as plain text: the public functions."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from papers.text.markup.excerpt import beginning, paragraphs
from papers.text.markup.html import html
from papers.text.markup.latex import is_plain, read_line
from papers.text.markup.links import may_hold_links
from papers.text.markup.nodes import Node, joined
from papers.text.markup.plain_text import plain
from papers.text.markup.safe_html import SafeHtml
from papers.text.markup.typesetting import text_html

VERSION = 3
"""Version of the renderer. Raise it with every change of the HTML that it writes: HTML stored with
an older version is rendered again by ``rebuild_cards``."""

LEAD = 220
"""Characters of an abstract on a closed card."""


def has_markup(text: str) -> bool:
    """Return whether the text may contain markup. A quick check that excludes most texts."""
    return not is_plain(text) or may_hold_links(text)


def title_html(text: str) -> SafeHtml:
    """Return a title as inline HTML. It has no links, because titles are links themselves."""
    if not has_markup(text):
        return text_html(text)
    return _safe(read_line(text))


def paragraphs_html(text: str, link: str) -> list[SafeHtml]:
    """Return the paragraphs of an abstract as inline HTML.

    ``link`` is the paper's page at arXiv, the target of "this https URL".
    """
    if not has_markup(text):
        return [text_html(one) for one in paragraphs(text)]
    return [_safe(read_line(one), link) for one in paragraphs(text)]


def sentences_html(text: str, spans: Sequence[tuple[int, int]], link: str) -> list[SafeHtml] | None:
    """The parts of an abstract as inline HTML, for spans that are the whole text together.

    None where the parts by themselves would not read as the whole does: a command begins in one of
    them and ends in another.
    """
    parts = [[read_line(line) for line in paragraphs(text[start:end])] for start, end in spans]
    if _read_in_parts(text, spans) != [read_line(line) for line in text.split("\n")]:
        return None
    return [SafeHtml("<br>".join(_safe(line, link) for line in lines)) for lines in parts]


def _read_in_parts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[Node, ...]]:
    """The nodes of each line, read by themselves in each of these spans."""
    lines: list[list[Node]] = [[]]
    for start, end in spans:
        first, *others = ([*read_line(line)] for line in text[start:end].split("\n"))
        lines[-1] += first
        lines += others
    return [joined(nodes) for nodes in lines]


def plain_text(text: str) -> str:
    """Return the text without markup, for feeds, page titles, descriptions and citations."""
    return _without_markup(text) if has_markup(text) else text


@lru_cache(maxsize=64)  # a card asks for its abstract twice: for its lead, and to mark words in it
def _without_markup(text: str) -> str:
    return "\n".join(plain(read_line(line)) for line in text.split("\n"))


def lead_text(text: str) -> str:
    """Return the first words of an abstract without markup."""
    return beginning(plain_text(next(iter(paragraphs(text)), "")), LEAD)


def _safe(nodes: Iterable[Node], link: str = "") -> SafeHtml:
    return SafeHtml(html(nodes, link))  # ``html`` escapes
