"""Sources in the admin: the publishers of digests."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from papers import curation
from papers.admin.base import BaseAdmin, EvidenceAdmin
from papers.admin.history_pages import VersionsAdmin
from papers.admin.source_form import SourceForm
from papers.db import data_version
from papers.models import Appearance, Digest, Source
from papers.presentation.import_words import plain_path
from papers.publishers.follow import followed, start_fetching


@admin.register(Source)
class SourceAdmin(BaseAdmin, VersionsAdmin):
    go_back = curation.revert_source
    form = SourceForm
    change_form_template = "admin/papers/source/change_form.html"
    list_display = ("name", "url", "licence", "rank", "last_look")
    list_select_related = ("checkout",)
    search_fields = ("name",)
    ordering = ("name",)
    formfield_overrides = {
        **BaseAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    readonly_fields = ("name", "slug")
    fields = (
        *("name", "slug", "url", "licence", "rank"),
        *("fetch_kind", "fetch_url", "branch", "weekdays", "last_look"),
    )

    @admin.display(description=_("last look"))
    def last_look(self, source: Source) -> str:
        """Return when it was fetched last, or why that failed."""
        checkout = getattr(source, "checkout", None)
        if checkout is None or checkout.looked is None:
            return "–"
        return checkout.error or date_format(localtime(checkout.looked), "SHORT_DATETIME_FORMAT")

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "last_look"]

    def get_urls(self) -> list[URLPattern]:
        fetch = path(
            "<int:pk>/fetch/",
            self.admin_site.admin_view(require_POST(self.fetch_view)),
            name="papers_source_fetch",
        )
        return [fetch, *super().get_urls()]

    def fetch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fetch a source and import what is new, in a process of its own."""
        if not request.user.has_perm("papers.add_upload"):
            raise PermissionDenied
        if source := followed().filter(pk=pk).first():
            start_fetching(source)
            messages.success(
                request, gettext("It is being fetched. Reload the page to see what came of it.")
            )
        return HttpResponseRedirect(reverse("admin:papers_source_change", args=[pk]))

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        source = kwargs.get("obj")
        may_import = request.user.has_perm("papers.add_upload")
        context["may_fetch"] = bool(source and source.fetch_url) and may_import
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, source: Source, form, change: bool) -> None:
        curation.keeps_first_version(source)
        rank = source.rank
        source.rank = form.initial["rank"]
        super().save_model(request, source, form, change)
        data_version.mark_data_changed()
        if rank != source.rank:
            self._rank(request, source, rank)

    def _rank(self, request: HttpRequest, source: Source, rank: int) -> None:
        try:
            curation.rank_source(source, rank)
        except curation.TooMany:
            messages.error(
                request,
                gettext("Too many papers to do this here. Use manage.py rank_source."),
            )


@admin.register(Digest)
class DigestAdmin(EvidenceAdmin):
    list_display = (
        *("date", "topic", "source", "record_count", "repeat_count", "problem_count"),
        *("changed_count", "held", "changes_accepted"),
    )
    list_filter = ("held", "source", "topic")
    actions = ("accept", "hold")
    list_select_related = ("source", "topic")
    search_fields = ("file",)
    ordering = ("-date", "topic")
    fields = (*list_display, "place", "imported")

    @admin.display(description=_("file"))
    def place(self, digest: Digest) -> str:
        return plain_path(digest.file)

    @admin.action(description=_("Accept changes to other sources' papers"))
    def accept(self, request: HttpRequest, digests: QuerySet[Digest]) -> None:
        curation.accept_changes(digests)

    @admin.action(description=_("Hold back changes to other sources' papers"))
    def hold(self, request: HttpRequest, digests: QuerySet[Digest]) -> None:
        curation.accept_changes(digests, accepted=False)

    def get_actions(self, request: HttpRequest) -> dict:
        may_decide = request.user.has_perm("papers.change_paper")
        return super().get_actions(request) if may_decide else {}


@admin.register(Appearance)
class AppearanceAdmin(EvidenceAdmin):
    list_display = ("paper", "digest", "position", "withdrawn")
    list_filter = ("withdrawn",)
    list_select_related = ("paper", "digest__source", "digest__topic")
    search_fields = ("=paper__arxiv_id",)
