"""Evidence: digests, and the papers' places in them."""

from django.contrib import admin

from papers.admin.evidence import EvidenceAdmin
from papers.models import Appearance, Digest


@admin.register(Digest)
class DigestAdmin(EvidenceAdmin):
    list_display = ("date", "topic", "source", "record_count", "repeat_count", "problem_count")
    list_filter = ("source", "topic")
    list_select_related = ("source", "topic")
    search_fields = ("file",)
    ordering = ("-date", "topic")


@admin.register(Appearance)
class AppearanceAdmin(EvidenceAdmin):
    list_display = ("paper", "digest", "position", "withdrawn")
    list_filter = ("withdrawn",)
    list_select_related = ("paper", "digest__source", "digest__topic")
    search_fields = ("=paper__arxiv_id",)
