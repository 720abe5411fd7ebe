"""The papers like one paper, and new papers near those that a reader starred."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString

from papers.http.parameters import of_page
from papers.http.visitors import is_curator
from papers.lists.selection import selected
from papers.models import Paper
from papers.presentation.card_cache import cards_to_show, kept_rows
from papers.presentation.rows import placed, with_reason
from papers.related.near import papers_like, suggestions
from papers.views.page import Page

MAX_LISTED = 50
MAX_SUGGESTED = 40
"""The reader's browser shows twenty of them: it leaves out what was read or hidden."""


class RelatedPapers(Page):
    """The papers like one paper, the nearest first, with their feed."""

    template_name = "papers/related.html"

    def get_context_data(self, **kwargs) -> dict:
        papers = Paper.objects.shown_to(is_curator(self.request))
        paper = get_object_or_404(papers, arxiv_id=self.kwargs["arxiv_id"])
        cards = cards_to_show(self.request, papers_like(paper)[:MAX_LISTED])
        return super().get_context_data(paper=paper, cards=cards.values(), **kwargs)


class NearStars(Page):
    """``/desk/near/?id=2501.17161&id=…``: new papers near these, each with the reason.

    The address reveals a reader's choice of papers: shared caches must not store the page, and
    search engines must not list it.
    """

    template_name = "papers/near_stars.html"
    parameters = of_page(repeatable=("id",))

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def get_context_data(self, **kwargs) -> dict:
        selection = selected(self.request.GET.getlist("id"))
        return super().get_context_data(
            rows=self._rows(selection.ids), not_understood=selection.not_understood, **kwargs
        )

    def _rows(self, ids: list[str]) -> list[SafeString]:
        starred = Paper.objects.published().filter(arxiv_id__in=ids)
        found = suggestions(list(starred.values_list("pk", flat=True)), MAX_SUGGESTED)
        near = Paper.objects.only("arxiv_id", "title_en", "title_zh", "card")
        reasons = near.in_bulk({one.near for one in found})
        reading, address = self.request.reading.chosen, self.request.get_full_path()
        rows = placed(kept_rows([one.paper for one in found], reading), address)
        return [
            with_reason(rows[one.paper], reasons[one.near], reading)
            for one in found
            if one.paper in rows
        ]
