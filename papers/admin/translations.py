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
    list_select_related = ("paper",)
    search_fields = ("=paper__arxiv_id",)
    raw_id_fields = ("paper",)
    exclude = ("digests",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Translation]:
        # Joined with its few sources, SQLite would begin with them and sort all translations.
        return super().get_queryset(request).prefetch_related("source")

    @admin.display(description=_("paper"))
    def arxiv_id(self, translation: Translation) -> str:
        return translation.paper.arxiv_id

    @admin.display(description=_("faults"))
    def named_faults(self, translation: Translation) -> str:
        return ", ".join(str(FAULTS.get(fault, fault)) for fault in translation.faults)

    @admin.display(description=_("text as given"))
    def text_start(self, translation: Translation) -> str:
        return translation.text[:80]


class NamedFaultFilter(admin.SimpleListFilter):
    title = _("fault")
    parameter_name = "fault"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return list(FAULTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(fault=self.value()) if self.value() in FAULTS else queryset


@admin.register(Doubt)
class DoubtAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "named_fault", "source", "effect")
    list_filter = ("effect", "field", NamedFaultFilter, "source")
    fields = list_display
    list_select_related = ("paper", "source")
    search_fields = ("=paper__arxiv_id",)

    @admin.display(description=_("fault"), ordering="fault")
    def named_fault(self, doubt: Doubt) -> str:
        return str(FAULTS.get(doubt.fault, doubt.fault))


@admin.register(Judgement)
class JudgementAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "named_fault", "by", "at")
    list_filter = ("field", NamedFaultFilter)
    fields = ("paper", "field", "named_fault", "curator", "at")
    list_select_related = ("paper", "by")
    search_fields = ("=paper__arxiv_id",)

    @admin.display(description=_("fault"), ordering="fault")
    def named_fault(self, judgement: Judgement) -> str:
        return str(FAULTS.get(judgement.fault, judgement.fault or _("unfit to be shown")))

    @admin.display(description=_("by"))
    def curator(self, judgement: Judgement) -> str:
        return str(judgement.by or "–")


@admin.register(FieldLock)
class FieldLockAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "by", "at")
    fields = ("paper", "field", "translation", "curator", "at")
    list_filter = ("field",)
    list_select_related = ("paper", "by")
    search_fields = ("=paper__arxiv_id",)
    actions = ("release",)

    @admin.display(description=_("by"))
    def curator(self, lock: FieldLock) -> str:
        """Return the name: Django would link the account for those who may not see it."""
        return str(lock.by or "–")

    @admin.action(description=_("Restore the digest's text"), permissions=["release"])
    def release(self, request: HttpRequest, locks: QuerySet[FieldLock]) -> None:
        for lock in locks.select_related("paper"):
            curation.release(lock.paper, lock.field, request.user)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.change_paper")
