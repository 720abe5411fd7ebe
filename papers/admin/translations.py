"""Translations and field locks, read-only: the texts of each source, and the locked fields."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.admin.base import EvidenceAdmin
from papers.models import Doubt, FieldLock, Judgement, Translation
from papers.presentation.fault_labels import FAULTS


@admin.register(Translation)
class TranslationAdmin(EvidenceAdmin):
    list_display = ("arxiv_id", "field", "source", "chosen", "named_faults", "text_start")
    list_filter = ("field", "source", "chosen")
    list_select_related = ("paper", "source")
    search_fields = ("=paper__arxiv_id",)
    raw_id_fields = ("paper",)
    exclude = ("digests",)

    @admin.display(description=_("paper"))
    def arxiv_id(self, translation: Translation) -> str:
        return translation.paper.arxiv_id

    @admin.display(description=_("faults"))
    def named_faults(self, translation: Translation) -> str:
        return ", ".join(str(FAULTS.get(fault, fault)) for fault in translation.faults)

    @admin.display(description=_("text as given"))
    def text_start(self, translation: Translation) -> str:
        return translation.text[:80]


@admin.register(Doubt)
class DoubtAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "fault", "source", "effect")
    list_filter = ("effect", "field", "fault", "source")
    list_select_related = ("paper", "source")
    search_fields = ("=paper__arxiv_id",)


@admin.register(Judgement)
class JudgementAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "fault", "by", "at")
    list_filter = ("field", "fault")
    list_select_related = ("paper", "by")
    search_fields = ("=paper__arxiv_id",)


@admin.register(FieldLock)
class FieldLockAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "by", "at")
    list_filter = ("field",)
    list_select_related = ("paper", "by")
    search_fields = ("=paper__arxiv_id",)
    actions = ("release",)

    @admin.action(description=_("Restore the digest's text"), permissions=["release"])
    def release(self, request: HttpRequest, locks: QuerySet[FieldLock]) -> None:
        for lock in locks.select_related("paper"):
            curation.release(lock.paper, lock.field, request.user)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.change_paper")
