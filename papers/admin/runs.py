"""Past import runs and their problems, read-only."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from papers.admin.base import EvidenceAdmin
from papers.curation.queues import unread_problems
from papers.models import ImportProblem, ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(EvidenceAdmin):
    list_display = ("started", "finished", "state", "what", "summary", "problems_link")
    list_filter = ("state",)
    fields = ("started", "finished", "state", "paths", "counts", "problems_link")
    ordering = ("-started",)

    def get_queryset(self, request: HttpRequest):
        of_run = ImportProblem.objects.filter(run=OuterRef("pk")).order_by().values("run")
        number = Subquery(of_run.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).annotate(problem_number=Coalesce(number, 0))

    @admin.display(description=_("paths"))
    def what(self, run: ImportRun) -> str:
        return ", ".join(run.paths[:3]) + ("…" if len(run.paths) > 3 else "")

    @admin.display(description=_("papers"))
    def summary(self, run: ImportRun) -> str:
        new, updated = (run.counts.get(f"papers_{name}", 0) for name in ("created", "updated"))
        return f"+{new:,} ~{updated:,}"

    @admin.display(description=_("problems"))
    def problems_link(self, run) -> str:
        query = urlencode({"run__id__exact": run.pk})
        href = f"{reverse('admin:papers_importproblem_changelist')}?{query}"
        return format_html('<a href="{}">{}</a>', href, f"{run.problem_number:,}")


class UnreadFilter(admin.SimpleListFilter):
    title = _("read")
    parameter_name = "unread"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [("1", _("unread"))]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() == "1":
            return queryset.filter(pk__in=unread_problems(request.user).values("pk"))
        return queryset


@admin.register(ImportProblem)
class ImportProblemAdmin(EvidenceAdmin):
    list_display = ("file", "line", "arxiv_id", "code", "message", "run")
    list_filter = (UnreadFilter, "code")
    list_select_related = ("run",)
    search_fields = ("file", "=arxiv_id")

    def lookup_allowed(self, lookup: str, value, request=None) -> bool:
        return lookup == "run__id__exact" or super().lookup_allowed(lookup, value, request)
