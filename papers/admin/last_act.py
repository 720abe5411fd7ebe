"""The last action of a curator, so that it can be undone from every page of papers."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from papers import curation
from papers.models import Act


@dataclass(frozen=True)
class LastAct:
    """What was done last, to which paper (one of them, if there were several), and its undo."""

    label: str
    arxiv_id: str
    at: datetime.datetime
    undo_href: str


def last_act(request: HttpRequest) -> LastAct | None:
    """Return the newest action of this user that can still be undone."""
    record = curation.latest_to_undo(request.user)
    asked = curation.latest_requests(request.user)
    if asked and (record is None or record.history_date < asked.at):
        return _asked(request, asked)
    return _decided(request, record) if record else None


def _decided(request: HttpRequest, record: Any) -> LastAct:
    reason = record.history_change_reason
    label = str(dict(Act.choices).get(reason, reason))
    return LastAct(label, record.arxiv_id, record.history_date, undo_address(request, record.batch))


def _asked(request: HttpRequest, asked: curation.Requests) -> LastAct:
    said = ngettext(
        "asked for a translation of %(number)s paper",
        "asked for translations of %(number)s papers",
        asked.number,
    )
    address = reverse("admin:papers_paper_take_back", args=[asked.pk])
    return LastAct(
        said % {"number": asked.number}, asked.paper.arxiv_id, asked.at, _and_back(request, address)
    )


def undo_address(request: HttpRequest, batch: str) -> str:
    """Return the address that undoes this action and leads back to where the curator is now."""
    return _and_back(request, reverse("admin:papers_paper_undo", args=[batch]))


def _and_back(request: HttpRequest, address: str) -> str:
    return f"{address}?{urlencode({'back': request.get_full_path()})}"
