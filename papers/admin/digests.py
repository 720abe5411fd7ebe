"""Evidence: digests, and the papers' places in them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.admin.base import EvidenceAdmin
from papers.models import Appearance, Digest


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

    @admin.action(description=_("Show the texts that change other sources' papers"))
    def accept(self, request: HttpRequest, digests: QuerySet[Digest]) -> None:
        curation.accept_changes(digests)

    @admin.action(description=_("Hold such texts back again"))
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
