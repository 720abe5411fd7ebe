"""What is odd in an English text and cannot be put right with certainty, by name, for curators.

What is certain is mended: mangled letters when a digest is read (``mojibake``), quotes and bold
letters when a text is shown (``papers.text.markup``).
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from papers.text.markup import plain_text


class Oddity(StrEnum):
    """The named oddities. Curators see them; readers see the text as it is."""

    MACRO = "macro-left"
    r"""An author's own command, of which nobody knows what it stood for: ``We propose \method``."""

    DOLLAR = "dollar-left"
    """A dollar sign that is no price: a formula that was cut or never closed."""

    MANGLED = "mangled"
    """Letters that went wrong on the way, and more than one could be meant: ``diminishedâ``."""

    NAME = "odd-name"
    """No person's name in the list of authors: a team, a firm or a school, digits or LaTeX left,
    ``Lantern Team``, ``No. 1 Middle School``, ``Ada 3xample``."""


_MACRO = re.compile(r"\\[A-Za-z]{2,}")
_DOLLAR = re.compile(r"(?<![0-9A-Z])\$(?!\s?[0-9])")  # not $5, 5$ and US$
_MANGLED = re.compile("\ufffd|[\u00c2\u00c3\u00e2][\u0080-\u00bf€‚„†‡‰‹“”•–—™›]")

_NO_PERSON = re.compile(
    r"[\d\\$^_{}@:*]|(?:\A|, )\"|\w\"\w"  # not Jo "Jay" Roe
    r"|\b(?:Team|Group|Consortium|Collaboration|Laborator(?:y|ies)|Labs?|University|Institutes?"
    r"|School|College|Academy|Cent(?:er|re)|Department|Hospital|Foundation|AI|Inc|Ltd|LLC|GmbH)\b"
    r"|\b[Cc]ontributors\b"
)


def odd_names(authors: str) -> Iterator[Oddity]:
    """The oddity of a list of authors, as the site prints it."""
    if _NO_PERSON.search(authors):
        yield Oddity.NAME


def oddities(text: str) -> Iterator[Oddity]:
    """The oddities of a title or an abstract. Most texts are seen to have none at a glance."""
    if "\\" in text or "$" in text:
        shown = plain_text(text)
        if _MACRO.search(shown):
            yield Oddity.MACRO
        if _DOLLAR.search(shown):
            yield Oddity.DOLLAR
    if not text.isascii() and _MANGLED.search(text):
        yield Oddity.MANGLED
