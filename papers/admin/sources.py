"""Publishers of digests."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext

from papers import curation
from papers.admin.base import DeskAdmin
from papers.admin.history_pages import VersionsAdmin, keeps_first_version
from papers.db import data_version
from papers.models import Source


@admin.register(Source)
class SourceAdmin(DeskAdmin, VersionsAdmin):
    go_back = curation.revert_source
    list_display = ("name", "url", "licence", "rank")
    search_fields = ("name",)
    ordering = ("name",)
    formfield_overrides = {
        **DeskAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    readonly_fields = ("name", "slug")

    def save_model(self, request: HttpRequest, source: Source, form, change: bool) -> None:
        keeps_first_version(source)
        rank = source.rank
        source.rank = form.initial["rank"]
        super().save_model(request, source, form, change)
        data_version.bump()
        if rank != source.rank:
            self._rank(request, source, rank)

    def _rank(self, request: HttpRequest, source: Source, rank: int) -> None:
        try:
            curation.rank_source(source, rank)
        except curation.TooMany:
            messages.error(
                request,
                gettext("Too many papers to do it while you wait: use manage.py rank_source."),
            )
