"""Foreign text → safe HTML and readable plain text. Pure: it knows no database.

A line is read once into nodes (``latex_text``, ``formulas``, ``links``), and the nodes are written
as HTML (``rendering``, ``mathml``) or as plain text (``readable``).
"""

from papers.text.markup.excerpt import pairs, paragraphs
from papers.text.markup.render import (
    VERSION,
    has_markup,
    lead_html,
    paragraphs_html,
    plain_text,
    sentences_html,
    title_html,
)
from papers.text.markup.stored_html import Rendering, is_current, kept_html

__all__ = [
    "VERSION",
    "Rendering",
    "has_markup",
    "is_current",
    "kept_html",
    "lead_html",
    "pairs",
    "paragraphs",
    "paragraphs_html",
    "plain_text",
    "sentences_html",
    "title_html",
]
