"""What the rest of the site asks for: a title, an abstract, its first words, plain text."""

from collections.abc import Iterable

from papers.text.markup.excerpt import lead, paragraphs
from papers.text.markup.html import html
from papers.text.markup.latex import is_plain, read_line
from papers.text.markup.links import may_hold_links
from papers.text.markup.nodes import Node
from papers.text.markup.plain_text import plain
from papers.text.markup.safe_html import SafeHtml, escape

VERSION = 2
"""Of the renderer. Raise it with every change to the HTML that it writes: what is stored with an
older one is rendered anew by ``rebuild_cards``."""

LEAD = 220
"""Characters of an abstract on a closed card."""


def has_markup(text: str) -> bool:
    """A cheap first look, false for most texts: whether there may be anything to render in it."""
    return not is_plain(text) or may_hold_links(text)


def title_html(text: str) -> SafeHtml:
    """A title as inline HTML without links, since titles are links themselves."""
    if not has_markup(text):
        return escape(text)
    return _safe(read_line(text))


def paragraphs_html(text: str, link: str) -> list[SafeHtml]:
    """An abstract as the HTML of its paragraphs. ``link`` is the paper's page at arXiv, to which
    "this https URL" leads."""
    if not has_markup(text):
        return [escape(one) for one in paragraphs(text)]
    return [_safe(read_line(one), link) for one in paragraphs(text)]


def lead_html(text: str) -> SafeHtml:
    """The first words of an abstract as inline HTML without links; no formula is cut."""
    first = next(iter(paragraphs(text)), "")
    return _safe(lead(read_line(first), LEAD))


def plain_text(text: str) -> str:
    """The text as a person would type it: for feeds, tabs, descriptions and citations."""
    if not has_markup(text):
        return text
    return "\n".join(plain(read_line(line)) for line in text.split("\n"))


def _safe(nodes: Iterable[Node], link: str = "") -> SafeHtml:
    return SafeHtml(html(nodes, link))  # escaped there
