"""Path converters for arXiv ids, days, slugs and file formats."""

import datetime
import re
from collections.abc import Iterable

from papers.citations.formats import CITATIONS, FORMATS
from papers.feeds.formats import FEED_FORMATS
from papers.presentation.glossary_files import GLOSSARY_FORMATS
from papers.text.arxiv_ids import ARXIV_ID


def _any_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


class ArxivIdConverter:
    """An arXiv id: ``2501.17161`` or ``cs/0112017``."""

    regex = ARXIV_ID

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VersionedArxivIdConverter(ArxivIdConverter):
    """An arXiv id with an optional version: ``2501.17161v2``."""

    regex = rf"{ARXIV_ID}(?:v[1-9][0-9]{{0,3}})?"


class DayConverter:
    """A day: ``2025-01-29``. A day that does not exist matches no address."""

    regex = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        return value.isoformat()


class PlainConverter:
    """A part of an address that is passed on unchanged."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class AnySlugConverter(PlainConverter):
    """A slug in any script: ``multimodal``, ``多模态``."""

    regex = r"[-\w]{1,100}"


class FeedFormatConverter(PlainConverter):
    """A feed format: ``atom``, ``rss`` or ``json``."""

    regex = _any_of(FEED_FORMATS)


class CitationFormatConverter(PlainConverter):
    """A citation format: ``bib``, ``ris`` or ``csl.json``."""

    regex = _any_of(CITATIONS)


class ExportFormatConverter(PlainConverter):
    """An export format: those of citations, ``csv`` or ``jsonl``."""

    regex = _any_of(FORMATS)


class GlossaryFormatConverter(PlainConverter):
    """A format of the glossary: ``csv`` or ``jsonl``."""

    regex = _any_of(GLOSSARY_FORMATS)


class SignedConverter(PlainConverter):
    """A signed value, as ``django.core.signing`` writes it with a point between its parts."""

    regex = r"[-.0-9A-Za-z_]{1,200}"


class SmallNumberConverter:
    """A whole number below one million, small enough for every database."""

    regex = r"(?:0|[1-9][0-9]{0,5})"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
