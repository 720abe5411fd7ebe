"""Authors in the admin: printed names, merging, splitting and past decisions."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext

from papers import curation
from papers.admin import author_pairs
from papers.admin.author_evidence import evidence_beside
from papers.admin.base import BaseAdmin, EvidenceAdmin
from papers.curation.authors import is_split
from papers.lists.authors import authors_named
from papers.models import (
    AlikeAuthors,
    Author,
    AuthorAlias,
    AuthorChoice,
    Authorship,
    Paper,
)

MAX_PAPERS = 200
MAX_FOUND = 10
MAX_DECISIONS = 20


@admin.register(Author)
class AuthorAdmin(BaseAdmin):
    """Show an author's printed names and papers; merge and split authors."""

    list_display = ("name", "key", "paper_count")
    search_fields = ("name", "=key")
    ordering = ("-paper_count", "key")

    def get_urls(self) -> list[URLPattern]:
        return [*author_pairs.urls(self), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        author = self.get_object(request, object_id)
        if not self.has_view_permission(request, author):
            raise PermissionDenied
        if author is None:
            raise Http404
        if request.method == "POST":
            self._require_change(request)
            return HttpResponseRedirect(self._act(request, author))
        places = author.authorships.select_related("paper").order_by("-paper__first_seen", "pk")
        places = places.defer("paper__abstract_en", "paper__abstract_zh", "paper__card")
        shown = list(places[:MAX_PAPERS])
        names = author.authorships.order_by().values_list("name", flat=True)
        context = {
            **self.admin_site.each_context(request),
            "title": author.name,
            "opts": self.opts,
            "author": author,
            "names": Counter(names[:10_000]).most_common(20),
            "places": shown,
            "more": max(author.authorships.count() - len(shown), 0),
            "aliases": AuthorAlias.objects.filter(to_key=author.key)[:100],
            "decisions": _decisions_about(author),
            "is_split": is_split(author),
            **self._to_merge(request, author),
            "may_change": self.has_change_permission(request, author),
        }
        return TemplateResponse(request, "admin/papers/author/change_form.html", context)

    def _to_merge(self, request: HttpRequest, author: Author) -> dict:
        """Return the authors that may be merged into this one: similar ones, or those looked for.

        The pairs that a curator marked as two people are listed by themselves.
        """
        typed = request.GET.get("other", "").replace("\x00", "").strip()[:100]
        pairs = AlikeAuthors.objects.filter(Q(key=author.key) | Q(other_key=author.key))
        known = {row.key if row.other_key == author.key else row.other_key: row for row in pairs}
        if typed:
            found = list(authors_named(typed)[: MAX_FOUND + 1])
        else:
            found = list(Author.objects.filter(key__in=known)[:MAX_FOUND])
        others = [one for one in found if one != author][:MAX_FOUND]
        apart = [key for key, row in known.items() if row.different]
        return {
            "typed": typed,
            "candidates": evidence_beside(author, others),
            "told_apart": Author.objects.filter(key__in=apart)[:MAX_FOUND],
        }

    def _act(self, request: HttpRequest, author: Author) -> str:
        """Carry out the action of the pressed button. Return the address to redirect to."""
        here = reverse("admin:papers_author_change", args=[author.pk])
        act, _sep, value = request.POST.get("act", "").partition(":")
        if act == "merge":
            other = Author.objects.filter(key=value[:96]).first()
            if other is None:
                messages.error(request, gettext("This author no longer exists."))
            else:
                author_pairs.merge(request, other, author)
        elif act == "ask":
            curation.reopen_pair(author.key, value[:96])
            messages.success(request, gettext("The pair waits in the queue again."))
        elif act == "unmerge":
            if not AuthorAlias.objects.filter(key=value, to_key=author.key).exists():
                raise Http404
            curation.unmerge_author(value)
            messages.success(
                request, gettext("The merge was undone. The pair waits in the queue again.")
            )
        elif act == "split":
            return self._split(request, author) or here
        elif act == "rejoin" and is_split(author):
            curation.rejoin_author(author)
            messages.success(request, gettext("The split was undone."))
            return reverse("admin:papers_author_changelist")
        return here

    def _split(self, request: HttpRequest, author: Author) -> str:
        chosen = [one for one in request.POST.getlist("paper")[:MAX_PAPERS] if one.isdecimal()]
        papers = Paper.objects.filter(pk__in=[int(one) for one in chosen if len(one) < 19])
        if not papers or papers.count() >= author.authorships.count():
            messages.error(request, gettext("Select some of the papers, but not all."))
            return ""
        key = curation.split_author(author, papers)
        messages.success(request, gettext("The papers were moved to another author."))
        return reverse("admin:papers_author_change", args=[Author.objects.get(key=key).pk])

    def _require_change(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied


@dataclass(frozen=True)
class IdentityDecision:
    """A merge, a split, or the undoing of one: what was decided, when and by whom."""

    said: str
    record: Any


def _decisions_about(author: Author) -> list[IdentityDecision]:
    """Return the latest merges and splits that involve this author, newest first."""
    merged = AuthorAlias.history.filter(Q(to_key=author.key) | Q(key=author.key))
    told_apart = AuthorChoice.history.filter(Q(to_key=author.key) | Q(key=author.key))
    told_apart = told_apart.select_related("paper")
    found = [
        *(IdentityDecision(f"{one.key} → {one.to_key}", one) for one in _latest(merged)),
        *(
            IdentityDecision(
                f"{one.paper.arxiv_id if one.paper else '–'}: {one.key} → {one.to_key}", one
            )
            for one in _latest(told_apart)
        ),
    ]
    return sorted(found, key=lambda one: one.record.history_date, reverse=True)


def _latest(records: QuerySet) -> QuerySet:
    return records.select_related("history_user")[:MAX_DECISIONS]


@admin.register(Authorship)
class AuthorshipAdmin(EvidenceAdmin):
    list_display = ("name", "paper", "position")
    list_select_related = ("paper",)
    search_fields = ("=name", "=paper__arxiv_id")


@admin.register(AuthorAlias)
class AuthorAliasAdmin(EvidenceAdmin):
    list_display = ("key", "to_key")
    search_fields = ("=key", "=to_key")


@admin.register(AuthorChoice)
class AuthorChoiceAdmin(EvidenceAdmin):
    list_display = ("paper", "key", "to_key")
    list_select_related = ("paper",)
    search_fields = ("=paper__arxiv_id", "=key", "=to_key")


@admin.register(AlikeAuthors)
class AlikeAuthorsAdmin(EvidenceAdmin):
    list_display = ("key", "other_key", "papers", "same_letters", "different")
    list_filter = ("different", "same_letters")
    search_fields = ("=key", "=other_key")
