"""The parts of addresses: arXiv ids, days, slugs."""

import datetime

from papers.digests.arxiv_ids import ARXIV_ID


class ArxivId:
    """``2501.17161`` or ``cs/0112017``."""

    regex = ARXIV_ID

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VersionedArxivId(ArxivId):
    """The same with an optional version: ``2501.17161v2``."""

    regex = rf"{ARXIV_ID}(?:v[1-9][0-9]{{0,3}})?"


class Day:
    """``2025-01-29``; a day that no calendar has is no address."""

    regex = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        return value.isoformat()


class Slug:
    """A slug in any script: ``multimodal``, ``多模态``."""

    regex = r"[-\w]{1,100}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
