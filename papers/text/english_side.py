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
_FORMULA = re.compile(r"\$[^$]*\$")
_USUAL = "textbf|textit|emph|url|href|underline|texttt|textsc|text"
_UNUSUAL = re.compile(rf"\\(?!(?:{_USUAL})\b)[A-Za-z]{{2}}")
_MANGLED = re.compile("\ufffd|[\u00c2\u00c3\u00e2][\u0080-\u00bf€‚„†‡‰‹“”•–—™›]")

_SIGNS = re.compile(r'[\d\\$^_{}@:*"]')
_NICKNAME = re.compile(r' "[^"]+"(?= )')  # Jo "Jay" Roe
_GROUPS = """
Team Group Consortium Collaboration Laboratory Laboratories Lab Labs University Institute
Institutes School College Academy Center Centre Department Hospital Foundation AI Inc Ltd LLC GmbH
contributors Contributors
"""
_NO_PERSON = frozenset(_GROUPS.split())


def _may_leave_some(text: str) -> bool:
    """A cheap look that spares most texts with LaTeX the reading: whole formulas and the usual
    commands leave nothing."""
    rest = _FORMULA.sub("", text) if "$" in text else text
    if "$" in rest or "\\$" in text or rest.count("{") != rest.count("}"):
        return True
    return _UNUSUAL.search(rest) is not None


def _left_of_latex(text: str) -> Iterator[Oddity]:
    shown = plain_text(text)
    if _MACRO.search(shown):
        yield Oddity.MACRO
    if _DOLLAR.search(shown):
        yield Oddity.DOLLAR


def odd_names(authors: str) -> Iterator[Oddity]:
    """The oddity of a list of authors, as the site prints it."""
    words = authors.replace(",", " ").replace("-", " ").split()
    if not _NO_PERSON.isdisjoint(words) or (
        _SIGNS.search(authors) and _SIGNS.search(_NICKNAME.sub("", authors))
    ):
        yield Oddity.NAME


def oddities(text: str) -> Iterator[Oddity]:
    """The oddities of a title or an abstract. Most texts are seen to have none at a glance."""
    if ("\\" in text or "$" in text) and _may_leave_some(text):
        yield from _left_of_latex(text)
    if not text.isascii() and _MANGLED.search(text):
        yield Oddity.MANGLED
