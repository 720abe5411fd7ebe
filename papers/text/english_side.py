"""Find oddities in English texts that cannot be repaired with certainty, for curators.

Faults with one certain repair are repaired: mangled letters when a digest is read (``mojibake``),
quotes and bold letters when a text is shown (``papers.text.markup``).
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from papers.text.markup import plain_text


class Oddity(StrEnum):
    """The named oddities. Curators see them; readers see the text as it is."""

    MACRO = "macro-left"
    r"""An author's own macro, whose meaning is unknown: ``We propose \method``."""

    DOLLAR = "dollar-left"
    """A dollar sign that is not a price: a formula that was cut or never closed."""

    MANGLED = "mangled"
    """Letters that were decoded wrongly, with several possible originals: ``diminishedâ``."""


_MACRO = re.compile(r"\\[A-Za-z]{2,}")
_DOLLAR = re.compile(r"(?<![0-9A-Z])\$(?!\s?[0-9])")  # not $5, 5$ and US$
_MANGLED = re.compile("\ufffd|[\u00c2\u00c3\u00e2][\u0080-\u00bf€‚„†‡‰‹“”•–—™›]")


def oddities(text: str) -> Iterator[Oddity]:
    """Yield the oddities of a title or an abstract. A quick check excludes most texts."""
    if "\\" in text or "$" in text:
        shown = plain_text(text)
        if _MACRO.search(shown):
            yield Oddity.MACRO
        if _DOLLAR.search(shown):
            yield Oddity.DOLLAR
    if not text.isascii() and _MANGLED.search(text):
        yield Oddity.MANGLED
