"""The English original of a text, which tells what in its Chinese may be the paper's own words."""

import re
from functools import cached_property

_NOTE = re.compile(
    r"\b(?:notes?|noted|noting|warning|caution|remarks?|disclaimer|attention|explanation"
    r"|interpretation|description)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\b(?:notes?|explanation|interpretation|description|remarks?)\s?:", re.IGNORECASE
)
_ORIGINAL = re.compile(r"\b(?:original|source)\b", re.IGNORECASE)
_WORD = re.compile("[a-z]+")
_SORRY = re.compile("sorry|apolog|excuse", re.IGNORECASE)


class English(str):
    """An English text with cached properties that are needed for every line of its Chinese."""

    @cached_property
    def is_on_translation(self) -> bool:
        """Whether the paper is on translation. Then 翻译 in the Chinese is no sign of a fault."""
        return "ranslat" in self

    @cached_property
    def has_notes(self) -> bool:
        """Whether it has words that are translated as 注意 or 说明."""
        return _NOTE.search(self) is not None

    @cached_property
    def has_note_heading(self) -> bool:
        return _HEADING.search(self) is not None

    @cached_property
    def has_originals(self) -> bool:
        """Whether 原文 in the Chinese may be the paper's own word."""
        return _ORIGINAL.search(self) is not None

    @cached_property
    def is_sorry(self) -> bool:
        return _SORRY.search(self) is not None

    @cached_property
    def folded(self) -> str:
        return self.casefold()

    @cached_property
    def without_space(self) -> str:
        return "".join(self.folded.split())

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.folded))
