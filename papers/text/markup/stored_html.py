"""The HTML that is stored with a paper.

It is rendered when the texts are written, and rendered again on reading if an older version of the
renderer made it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from papers.text.markup.excerpt import paragraphs
from papers.text.markup.render import (
    VERSION,
    has_markup,
    paragraphs_html,
    plain_text,
    title_html,
)
from papers.text.markup.safe_html import SafeHtml
from papers.text.markup.typesetting import text_html
from papers.text.precomputed import precomputed

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Rendering:
    """Renders a paper's title and abstract in one language, from stored HTML if possible.

    ``kept`` is the result of ``kept_html`` for this language, or None if it is missing or outdated.
    A text that is not in it has no markup.
    """

    kept: Kept | None = None
    link: str = ""

    def title(self, text: str) -> SafeHtml:
        if self.kept is None:
            return title_html(text)
        return SafeHtml(self.kept["title"]) if "title" in self.kept else text_html(text)

    def paragraphs(self, text: str) -> list[SafeHtml]:
        if self.kept is None:
            return paragraphs_html(text, self.link)
        if "paragraphs" in self.kept:
            return [SafeHtml(one) for one in self.kept["paragraphs"]]
        return [text_html(one) for one in paragraphs(text)]

    def plain(self, text: str) -> str:
        return plain_text(text)


@precomputed
def kept_html(title: str, abstract: str, link: str) -> Kept:
    """Return the HTML to store, as JSON values: ``title`` and ``paragraphs``.

    Texts without markup are left out.
    """
    kept: dict[str, Any] = {}
    if has_markup(title) and (rendered := title_html(title)) != text_html(title):
        kept["title"] = str(rendered)
    if has_markup(abstract):
        rows = paragraphs_html(abstract, link)
        if rows != [text_html(one) for one in paragraphs(abstract)]:
            kept["paragraphs"] = [str(one) for one in rows]
    return kept


def is_current(kept: Kept) -> bool:
    """Return whether the present version of the renderer made this stored HTML."""
    return kept.get("version") == VERSION
