"""Authors in the admin: the queue of similar authors, merging, splitting and past decisions."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from papers import curation
from papers.admin.base import BaseAdmin, EvidenceAdmin
from papers.curation.authors import is_split
from papers.curation.duplicate_authors import find_alike_authors
from papers.models import (
    AlikeAuthors,
    Author,
    AuthorAlias,
    AuthorChoice,
    Authorship,
    Paper,
    PaperTopic,
)

MAX_PAPERS = 200
MAX_PAIRS = 50
MAX_DECISIONS = 20


@admin.register(Author)
class AuthorAdmin(BaseAdmin):
    """Show an author's printed names and papers; merge and split authors."""

    list_display = ("name", "key", "paper_count")
    search_fields = ("name", "=key")
    ordering = ("-paper_count", "key")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("alike/", wrap(self.alike_view), name="papers_author_alike"),
            path("alike/decide/", wrap(require_POST(self.decide)), name="papers_author_decide"),
            path("alike/look/", wrap(require_POST(self.look)), name="papers_author_look"),
        ]
        return [*own, *super().get_urls()]

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
            "may_change": self.has_change_permission(request, author),
        }
        return TemplateResponse(request, "admin/papers/author/change_form.html", context)

    def _act(self, request: HttpRequest, author: Author) -> str:
        """Carry out the action of the pressed button. Return the address to redirect to."""
        here = reverse("admin:papers_author_change", args=[author.pk])
        act, _sep, value = request.POST.get("act", "").partition(":")
        if act == "merge":
            other = Author.objects.filter(key=request.POST.get("other", "").strip()[:96]).first()
            if other is None:
                messages.error(request, gettext("No author has this key."))
            else:
                self._merge(request, other, author)
        elif act == "unmerge":
            if not AuthorAlias.objects.filter(key=value, to_key=author.key).exists():
                raise Http404
            curation.unmerge_author(value)
            messages.success(request, gettext("The merge was undone."))
        elif act == "split":
            return self._split(request, author) or here
        elif act == "rejoin" and is_split(author):
            curation.rejoin_author(author)
            messages.success(request, gettext("The split was undone."))
            return reverse("admin:papers_author_changelist")
        return here

    def _merge(self, request: HttpRequest, other: Author, into: Author) -> None:
        try:
            curation.merge_authors(other, into)
        except curation.CannotMerge:
            messages.error(request, gettext("These are already one author."))
        else:
            said = gettext("%(other)s was merged into %(author)s.")
            messages.success(request, said % {"other": other.name, "author": into.name})

    def _split(self, request: HttpRequest, author: Author) -> str:
        chosen = [one for one in request.POST.getlist("paper")[:MAX_PAPERS] if one.isdecimal()]
        papers = Paper.objects.filter(pk__in=[int(one) for one in chosen if len(one) < 19])
        if not papers or papers.count() >= author.authorships.count():
            messages.error(request, gettext("Select some of the papers, but not all."))
            return ""
        key = curation.split_author(author, papers)
        messages.success(request, gettext("The papers were moved to another author."))
        return reverse("admin:papers_author_change", args=[Author.objects.get(key=key).pk])

    def alike_view(self, request: HttpRequest) -> HttpResponse:
        """List pairs of authors that may be one person, with the topics of their papers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pairs = list(AlikeAuthors.objects.filter(different=False)[:MAX_PAIRS])
        keys = {key for pair in pairs for key in (pair.key, pair.other_key)}
        authors = Author.objects.in_bulk(keys, field_name="key")
        about = _topics_of(authors)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Possible duplicate authors"),
            "opts": self.opts,
            "may_change": self.has_change_permission(request),
            "pairs": [
                [(authors[key], about.get(authors[key].pk, "")) for key in (one.key, one.other_key)]
                for one in pairs
                if one.key in authors and one.other_key in authors
            ],
        }
        return TemplateResponse(request, "admin/papers/author/alike.html", context)

    def decide(self, request: HttpRequest) -> HttpResponse:
        """Decide about one pair: merge either author into the other, or mark them as two people."""
        self._require_change(request)
        keys = [request.POST.get(name, "")[:96] for name in ("key", "other_key")]
        one, other = (Author.objects.filter(key=key).first() for key in keys)
        if one is None or other is None:
            messages.error(request, gettext("One of the two authors no longer exists."))
        elif request.POST.get("act") == "first":
            self._merge(request, other, one)
        elif request.POST.get("act") == "second":
            self._merge(request, one, other)
        else:
            curation.are_different(*keys)
            messages.success(request, gettext("Marked as two people."))
        return HttpResponseRedirect(reverse("admin:papers_author_alike"))

    def look(self, request: HttpRequest) -> HttpResponse:
        self._require_change(request)
        number = find_alike_authors()
        said = ngettext(
            "%(number)s pair of possible duplicates.",
            "%(number)s pairs of possible duplicates.",
            number,
        )
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(reverse("admin:papers_author_alike"))

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


def _topics_of(authors: dict[str, Author]) -> dict[int, str]:
    """Return the most frequent topics of each author's papers, by author id."""
    ids = [author.pk for author in authors.values()]
    papers = Authorship.objects.filter(author__in=ids).values_list("author_id", "paper_id")[:5_000]
    by_paper: dict[int, list[int]] = {}
    for author, paper in papers:
        by_paper.setdefault(paper, []).append(author)
    found: dict[int, Counter] = {}
    links = PaperTopic.objects.filter(paper__in=list(by_paper)).values_list(
        "paper_id", "topic__slug"
    )
    for paper, slug in links:
        for author in by_paper[paper]:
            found.setdefault(author, Counter())[slug] += 1
    return {
        pk: ", ".join(slug for slug, _ in counted.most_common(4)) for pk, counted in found.items()
    }


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
    list_display = ("key", "other_key", "different")
    list_filter = ("different",)
    search_fields = ("=key", "=other_key")
