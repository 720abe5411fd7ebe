"""The last action of a curator, so that it can be undone from every page of papers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from papers import curation
from papers.models import Act


@dataclass(frozen=True)
class LastAct:
    """What was done last, to which paper (one of them, if there were several), and its undo."""

    record: Any
    undo_href: str

    @property
    def label(self) -> str:
        reason = self.record.history_change_reason
        return str(dict(Act.choices).get(reason, reason))


def last_act(request: HttpRequest) -> LastAct | None:
    """Return the newest action of this user that can still be undone."""
    record = curation.latest_to_undo(request.user)
    if record is None:
        return None
    return LastAct(record, undo_address(request, record.batch))


def undo_address(request: HttpRequest, batch: str) -> str:
    """Return the address that undoes this action and leads back to where the curator is now."""
    address = reverse("admin:papers_paper_undo", args=[batch])
    return f"{address}?{urlencode({'back': request.get_full_path()})}"
