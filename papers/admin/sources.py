"""Sources in the admin: the publishers of digests."""

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.admin.base import BaseAdmin, EvidenceAdmin
from papers.admin.history_pages import VersionsAdmin
from papers.db import data_version
from papers.models import Appearance, Digest, Source
from papers.presentation.import_words import plain_path


@admin.register(Source)
class SourceAdmin(BaseAdmin, VersionsAdmin):
    go_back = curation.revert_source
    list_display = ("name", "url", "licence", "rank")
    search_fields = ("name",)
    ordering = ("name",)
    formfield_overrides = {
        **BaseAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    readonly_fields = ("name", "slug")

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
