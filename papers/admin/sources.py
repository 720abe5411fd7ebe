"""Publishers of digests."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from papers import versions
from papers.admin.evidence import DeskAdmin
from papers.admin.history import keeps_first_version
from papers.models import Source


@admin.register(Source)
class SourceAdmin(DeskAdmin, SimpleHistoryAdmin):
    list_display = ("name", "url", "licence")
    search_fields = ("name",)
    ordering = ("name",)
    formfield_overrides = {
        **DeskAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    readonly_fields = ("name", "slug")

    def save_model(self, request: HttpRequest, source: Source, form, change: bool) -> None:
        keeps_first_version(source)
        super().save_model(request, source, form, change)
        versions.bump()
