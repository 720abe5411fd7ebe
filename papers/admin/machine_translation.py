"""The site's own translator in the admin: its runs, what was refused, and the share of Chinese."""

from collections import Counter

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from papers.admin.base import EvidenceAdmin
from papers.curation import queues, translation_requests
from papers.lists import chinese_share
from papers.models import TranslationAttempt, TranslationRun
from papers.presentation.charts import monthly_shares
from papers.presentation.fault_labels import refusal_in_words

LATEST_RUNS = 10


def overview() -> dict:
    """Return what the page on translating shows."""
    months = chinese_share.by_month()
    return {
        "months": months[::-1],
        "chart": monthly_shares((one.month, one.sound / one.papers) for one in months),
        "sources": chinese_share.by_source(),
        "runs": TranslationRun.objects.all()[:LATEST_RUNS],
        "refused": refusals(),
        "waiting": queues.count_up_to(translation_requests.waiting()),
        "translates": bool(settings.TRANSLATOR_URL),
        "budget": settings.TRANSLATOR_DESK_BUDGET,
        "left_today": translation_requests.papers_left_today(),
    }


def refusals() -> list[tuple[str, int]]:
    """Return the reasons why papers were refused that lack sound Chinese, the commonest first."""
    newest = queues.refused_translations().values_list("reasons", flat=True)
    reasons = Counter(reason for one in newest[: queues.MAX_COUNTED] for reason in set(one))
    return sorted(reasons.items(), key=lambda one: (-one[1], one[0]))


@admin.register(TranslationRun)
class TranslationRunAdmin(EvidenceAdmin):
    list_display = (
        *("started", "state", "model", "papers", "refused", "left", "tokens_in", "tokens_out"),
        *("cost", "attempts_link"),
    )
    list_filter = ("state", "model")
    fields = (*list_display, "finished", "host", "prompt", "titles", "abstracts", "problems")
    ordering = ("-started",)

    @admin.display(description=_("papers asked for"))
    def attempts_link(self, run: TranslationRun) -> SafeString:
        href = reverse("admin:papers_translationattempt_changelist")
        return format_html('<a href="{}?run__id__exact={}">{}</a>', href, run.pk, _("list"))


class WithoutChineseFilter(admin.SimpleListFilter):
    """The curators' queue: refused, and still without sound Chinese."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [("refused", _("refused, and still without sound Chinese"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "refused":
            return queryset.filter(pk__in=queues.refused_translations().values("pk"))
        return queryset


class ReasonFilter(admin.SimpleListFilter):
    title = _("reason")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(reason, refusal_in_words(reason)) for reason, _number in refusals()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (reason := self.value()):
            return queryset
        said = queryset.annotate(said=Cast("reasons", TextField()))
        return said.filter(said__contains=f'"{reason[:100]}"')


@admin.register(TranslationAttempt)
class TranslationAttemptAdmin(EvidenceAdmin):
    list_display = ("arxiv_id", "state", "why", "tries", "answer_start", "by", "at", "run")
    list_filter = (WithoutChineseFilter, "state", ReasonFilter)
    list_select_related = ("paper", "run", "by")
    search_fields = ("=paper__arxiv_id",)
    ordering = ("-at", "-pk")
    fields = ("arxiv_id", "run", "state", "fields", "tries", "why", "answer", "by", "at")

    def lookup_allowed(self, lookup: str, value, request=None) -> bool:
        return lookup == "run__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("paper"))
    def arxiv_id(self, attempt: TranslationAttempt) -> SafeString:
        href = reverse("admin:papers_paper_change", args=[attempt.paper_id])
        return format_html('<a href="{}">{}</a>', href, attempt.paper.arxiv_id)

    @admin.display(description=_("reasons"))
    def why(self, attempt: TranslationAttempt) -> str:
        return ", ".join(map(refusal_in_words, attempt.reasons))

    @admin.display(description=_("what was refused"))
    def answer_start(self, attempt: TranslationAttempt) -> str:
        return attempt.answer[:80]
