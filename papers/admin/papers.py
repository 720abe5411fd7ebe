"""Papers in the admin: filtered lists, the workbench instead of a form, actions on many papers."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from papers import search
from papers.admin import bulk, remedies, restoring, workbench
from papers.admin.base import MAX_COUNTED, BaseAdmin
from papers.admin.last_act import last_act
from papers.admin.paper_filters import (
    DecidedFilter,
    EffectFilter,
    FaultFilter,
    FaultyFieldFilter,
    FaultySourceFilter,
    TodayFilter,
    TopicFilter,
)
from papers.lists.search_filter import filter_by_query
from papers.models import NEWEST_FIRST, Paper
from papers.text.arxiv_ids import without_version


@admin.register(Paper)
class PaperAdmin(BaseAdmin):
    """Every change goes through ``papers.curation``; no model form is saved."""

    list_display = ("arxiv_id", "titles", "first_seen", "zh_state", "decided")
    list_filter = (
        TodayFilter,
        FaultFilter,
        FaultyFieldFilter,
        EffectFilter,
        FaultySourceFilter,
        "zh_state",
        TopicFilter,
        DecidedFilter,
        "featured",
        "hidden",
    )
    search_fields = ("title_en", "title_zh")
    ordering = NEWEST_FIRST
    sortable_by = ("first_seen",)
    actions = bulk.ACTIONS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("abstract_en", "abstract_zh", "card")

    @admin.display(description=_("titles"))
    def titles(self, paper: Paper) -> SafeString:
        return format_html(
            '<span lang="en">{}</span><br><span lang="zh-Hans">{}</span>',
            paper.title_en[:200],
            paper.title_zh[:200],
        )

    @admin.display(description=_("decided"))
    def decided(self, paper: Paper) -> str:
        said = [
            (paper.featured, _("featured")),
            (paper.hidden, _("hidden")),
            (paper.note_en or paper.note_zh, _("with a note")),
        ]
        return " · ".join(str(word) for holds, word in said if holds)

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if not settings.TRANSLATOR_URL:
            actions.pop("translate_again", None)
        return actions

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """Find papers by arXiv id or by words.

        Words are searched as on the public pages, and also in the titles of hidden papers, which
        the search index does not contain.
        """
        arxiv_id = without_version(search_term.strip()[:64]).replace("\x00", "")
        if not arxiv_id:
            return queryset, False
        if found := queryset.filter(arxiv_id=arxiv_id):
            return found, False
        hidden, _ = super().get_search_results(request, queryset.filter(hidden=True), search_term)
        hidden_ids = list(hidden.order_by().values_list("pk", flat=True)[:MAX_COUNTED])
        query = search.parse_query(search_term, bridge=False)
        found = filter_by_query(queryset, query, widened=False)
        return found | queryset.filter(pk__in=hidden_ids), False

    def get_urls(self) -> list[URLPattern]:
        undo = path(
            "undo/<str:batch>/",
            self.admin_site.admin_view(bulk.undo_view(self)),
            name="papers_paper_undo",
        )
        take_back = path(
            "take-back/<int:asked>/",
            self.admin_site.admin_view(bulk.take_back_view(self)),
            name="papers_paper_take_back",
        )
        restore = path(
            "<str:object_id>/restore/<str:version>/",
            self.admin_site.admin_view(self.restore_view),
            name="papers_paper_restore",
        )
        mend = path(
            "remedies/",
            self.admin_site.admin_view(self.remedies_view),
            name="papers_paper_remedies",
        )
        return [undo, take_back, restore, mend, *super().get_urls()]

    def remedies_view(self, request: HttpRequest) -> HttpResponse:
        return remedies.remedies_page(self, request)

    def restore_view(self, request: HttpRequest, object_id: str, version: str) -> HttpResponse:
        return restoring.restore_page(self, request, self._paper(request, object_id), version)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_change = self.has_change_permission(request)
        context = {"last_act": last_act(request) if may_change else None}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        return workbench.page(self, request, self._paper(request, object_id))

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> Any:
        return workbench.history_page(self, request, self._paper(request, object_id))

    def _paper(self, request: HttpRequest, object_id: str) -> Paper:
        """Return the paper.

        Raise PermissionDenied if the user may not see papers, Http404 if there is none.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        return workbench.row_of(Paper.objects.all(), object_id)
