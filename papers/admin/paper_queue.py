"""The filtered list that a curator came from, as a queue of papers to work through."""

from copy import copy
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from papers.admin.skipped import skipped_today
from papers.curation.queues import Waiting, count_up_to
from papers.curation.today import todays_papers
from papers.models import NEWEST_FIRST, Paper

MAX_LENGTH = 1_000  # characters of the list's address


class PaperQueue:
    """The papers of the filtered list, newest first, before and after the current paper.

    The admin passes the list's filters on in ``_changelist_filters``. Without them there is no
    queue, and "next" leads back to all papers.
    """

    def __init__(self, model_admin: admin.ModelAdmin, request: HttpRequest, paper: Paper) -> None:
        self.filters = request.GET.get("_changelist_filters", "")[:MAX_LENGTH]
        self._model_admin, self._request, self._paper = model_admin, request, paper
        self.is_from_site = request.GET.get("back") == "paper"
        # Read the position before anything is written: a corrected paper leaves its queue.
        self._place = paper.first_seen, paper.arxiv_id
        is_today = QueryDict(self.filters).get("today") == "1"
        self._today = self._todays_ids() if is_today else None

    def __bool__(self) -> bool:
        return bool(self.filters)

    @property
    def list_href(self) -> str:
        if self.is_from_site:
            return self._paper.get_absolute_url()
        if self._today is not None:
            return reverse("admin:today")
        address = reverse("admin:papers_paper_changelist")
        return f"{address}?{self.filters}" if self.filters else address

    @property
    def here(self) -> str:
        return self._workbench(self._paper.pk)

    @property
    def next_href(self) -> str:
        """Return the address of the next paper's workbench; after the last one, the list's address.

        The list shows the papers that were skipped.
        """
        return self._workbench(self.next) if self.next else self.list_href

    def _todays_ids(self) -> list[int]:
        return [one.paper.pk for one in todays_papers(skipped_today(self._request))]

    def _in_today(self, step: int) -> int | None:
        """Return the paper before or behind this one in today's list, which has its own order."""
        ids = self._today or []
        if self._paper.pk not in ids:
            return ids[0] if ids and step > 0 else None
        place = ids.index(self._paper.pk) + step
        return ids[place] if 0 <= place < len(ids) else None

    @cached_property
    def next(self) -> int | None:
        if self._today is not None:
            return self._in_today(1)
        day, arxiv_id = self._place
        after = Q(first_seen__lt=day) | Q(first_seen=day, arxiv_id__lt=arxiv_id)
        return self._first(self._papers.filter(first_seen__lte=day).filter(after), NEWEST_FIRST)

    @cached_property
    def previous_href(self) -> str:
        if self._today is not None:
            earlier = self._in_today(-1)
            return self._workbench(earlier) if earlier else ""
        day, arxiv_id = self._place
        before = Q(first_seen__gt=day) | Q(first_seen=day, arxiv_id__gt=arxiv_id)
        papers = self._papers.filter(first_seen__gte=day).filter(before)
        previous = self._first(papers, ("first_seen", "arxiv_id"))
        return self._workbench(previous) if previous else ""

    @cached_property
    def waiting(self) -> Waiting:
        if self._today is not None:
            return Waiting(len(self._today))
        return count_up_to(self._papers)

    @cached_property
    def _papers(self) -> QuerySet[Paper]:
        request = copy(self._request)
        request.method = "GET"
        request.GET = QueryDict(self.filters.replace("%00", ""))
        try:
            changelist = self._model_admin.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation):
            return Paper.objects.none()
        return changelist.get_queryset(request).order_by(*NEWEST_FIRST)

    def _first(self, papers: QuerySet[Paper], order: tuple[str, str]) -> int | None:
        if not self:
            return None
        return papers.order_by(*order).values_list("pk", flat=True).first()

    def _workbench(self, paper: int) -> str:
        address = reverse("admin:papers_paper_change", args=[paper])
        if not self.filters:
            return f"{address}?back=paper" if self.is_from_site else address
        return f"{address}?{urlencode({'_changelist_filters': self.filters})}"
