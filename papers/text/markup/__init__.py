"""Render untrusted text as safe HTML and as plain text. No database.

A line is parsed once into nodes (``latex``, ``formulas``, ``links``), and the nodes are written as
HTML (``html``, ``mathml``) or as plain text (``plain_text``).
"""

from papers.text.markup.excerpt import pairs, paragraphs
from papers.text.markup.render import (
    VERSION,
    has_markup,
    lead_text,
    paragraphs_html,
    plain_text,
    sentences_html,
    title_html,
)
from papers.text.markup.safe_html import SafeHtml, escape
from papers.text.markup.stored_html import Rendering, is_current, kept_html
from papers.text.markup.typesetting import text_html, without_typed_spaces
