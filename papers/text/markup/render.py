"""What the rest of the site asks for: a title, an abstract, its first words, plain text."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from papers.text.markup.excerpt import lead, paragraphs
from papers.text.markup.html import html
from papers.text.markup.latex import is_plain, read_line
from papers.text.markup.links import may_hold_links
from papers.text.markup.nodes import Node, joined
from papers.text.markup.plain_text import plain

VERSION = 1
"""Of the renderer. Raise it with every change to the HTML that it writes: what is stored with an
older one is rendered anew by ``rebuild_cards``."""

LEAD = 220
"""Characters of an abstract on a closed card."""


def has_markup(text: str) -> bool:
    """A cheap first look, false for most texts: whether there may be anything to render in it."""
    return not is_plain(text) or may_hold_links(text)


def title_html(text: str) -> SafeString:
    """A title as inline HTML without links, since titles are links themselves."""
    if not has_markup(text):
        return escape(text)
    return _safe(read_line(text))


def paragraphs_html(text: str, link: str) -> list[SafeString]:
    """An abstract as the HTML of its paragraphs. ``link`` is the paper's page at arXiv, to which
    "this https URL" leads."""
    if not has_markup(text):
        return [escape(one) for one in paragraphs(text)]
    return [_safe(read_line(one), link) for one in paragraphs(text)]


def sentences_html(
    text: str, spans: Sequence[tuple[int, int]], link: str
) -> list[SafeString] | None:
    """The parts of an abstract as inline HTML, for spans that are the whole text together.

    None where the parts by themselves would not read as the whole does: a command begins in one of
    them and ends in another.
    """
    parts = [[read_line(line) for line in paragraphs(text[start:end])] for start, end in spans]
    if _read_in_parts(text, spans) != [read_line(line) for line in text.split("\n")]:
        return None
    return [mark_safe("<br>".join(_safe(line, link) for line in lines)) for lines in parts]


def _read_in_parts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[Node, ...]]:
    """The nodes of each line, read by themselves in each of these spans."""
    lines: list[list[Node]] = [[]]
    for start, end in spans:
        first, *others = ([*read_line(line)] for line in text[start:end].split("\n"))
        lines[-1] += first
        lines += others
    return [joined(nodes) for nodes in lines]


def lead_html(text: str) -> SafeString:
    """The first words of an abstract as inline HTML without links; no formula is cut."""
    first = next(iter(paragraphs(text)), "")
    return _safe(lead(read_line(first), LEAD))


def plain_text(text: str) -> str:
    """The text as a person would type it: for feeds, tabs, descriptions and citations."""
    if not has_markup(text):
        return text
    return "\n".join(plain(read_line(line)) for line in text.split("\n"))


def _safe(nodes: Iterable[Node], link: str = "") -> SafeString:
    return mark_safe(html(nodes, link))  # noqa: S308 (escaped in rendering.py)
