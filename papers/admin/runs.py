"""Past import runs and their problems, read-only and in words."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from papers.admin.base import EvidenceAdmin
from papers.admin.workbench import row_of
from papers.curation.queues import unread_problems
from papers.db.bulk import in_values
from papers.models import NEWEST_FIRST, Digest, ImportProblem, ImportRun, Paper, Upload
from papers.presentation.import_words import PROBLEMS, counts_in_words, plain_path, problem_in_words

MAX_PROBLEMS = 30
MAX_PAPERS = 50
REFRESH = 3  # seconds after which the page of an import that goes on opens again


def run_in_words(run: ImportRun) -> dict[str, Any]:
    """Return what the page of a run shows: counts, papers that are new or changed, problems."""
    problems = run.problems.order_by("pk")
    return {
        "run": run,
        "summary": counts_in_words(run.counts),
        "created": _papers(run, "created"),
        "updated": _papers(run, "updated"),
        "problems": [(one, *_place_and_text(one)) for one in problems[:MAX_PROBLEMS]],
        "problem_number": problems.count(),
        "digests": _digests(run),
    }


def _papers(run: ImportRun, what: str) -> list[Paper]:
    """Return the first papers, in the order of lists. Some may have been removed since."""
    ids = run.papers.get(what, [])
    papers = Paper.objects.filter(pk__in=in_values(ids))
    papers = papers.only("arxiv_id", "title_en", "title_zh", "first_seen")
    return list(papers.order_by(*NEWEST_FIRST)[:MAX_PAPERS])


def _place_and_text(problem: ImportProblem) -> tuple[str, str]:
    return plain_path(problem.file), problem_in_words(problem.code, problem.message)


def _digests(run: ImportRun) -> list[Digest]:
    """Return the digests that an upload gave; other runs have too many to list."""
    paths = [one.file.path for one in Upload.objects.filter(run=run)[:1]]
    if not paths:
        return []
    digests = Digest.objects.filter(file__startswith=paths[0]).select_related("source", "topic")
    return list(digests[:MAX_PAPERS])


def refreshed(response: HttpResponse, goes_on: bool) -> HttpResponse:
    """Let the browser open the page again in a few seconds if the import goes on."""
    if goes_on:
        response.headers["Refresh"] = str(REFRESH)
    return response


@admin.register(ImportRun)
class ImportRunAdmin(EvidenceAdmin):
    list_display = ("started", "finished", "state", "what", "summary", "problems_link")
    list_filter = ("state",)
    ordering = ("-started",)

    def get_queryset(self, request: HttpRequest):
        of_run = ImportProblem.objects.filter(run=OuterRef("pk")).order_by().values("run")
        number = Subquery(of_run.annotate(number=Count("pk")).values("number"))
        return super().get_queryset(request).annotate(problem_number=Coalesce(number, 0))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        run = row_of(ImportRun.objects.all(), object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": str(run),
            "opts": self.opts,
            "what": self.what(run),
            **run_in_words(run),
        }
        page = TemplateResponse(request, "admin/papers/importrun/change_form.html", context)
        return refreshed(page, run.state == ImportRun.State.RUNNING)

    @admin.display(description=_("files"))
    def what(self, run: ImportRun) -> str:
        return ", ".join(map(plain_path, run.paths[:3])) + ("…" if len(run.paths) > 3 else "")

    @admin.display(description=_("papers"))
    def summary(self, run: ImportRun) -> str:
        return counts_in_words(run.counts)

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


class CodeFilter(admin.SimpleListFilter):
    title = _("problem")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return list(PROBLEMS.items())

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(code=self.value()) if self.value() in PROBLEMS else queryset


@admin.register(ImportProblem)
class ImportProblemAdmin(EvidenceAdmin):
    list_display = ("place", "line", "arxiv_id", "in_words", "run")
    list_filter = (UnreadFilter, CodeFilter)
    list_select_related = ("run",)
    search_fields = ("file", "=arxiv_id")
    fields = (*list_display, "code", "message")

    @admin.display(description=_("file"))
    def place(self, problem: ImportProblem) -> str:
        return plain_path(problem.file)

    @admin.display(description=_("problem"))
    def in_words(self, problem: ImportProblem) -> str:
        return problem_in_words(problem.code, problem.message)

    def lookup_allowed(self, lookup: str, value, request=None) -> bool:
        return lookup == "run__id__exact" or super().lookup_allowed(lookup, value, request)
