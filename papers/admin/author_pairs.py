"""The queue of pairs of authors that may be one person, with evidence, and its decisions.

After a decision the queue opens again with the focus on the next pair.
"""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from papers import curation
from papers.admin.author_evidence import evidence_of_pairs
from papers.admin.base import CappedPaginator
from papers.curation.duplicate_authors import find_alike_authors
from papers.curation.queues import alike_authors
from papers.models import AlikeAuthors, Author, AuthorAlias

PAGE = 20
MAX_SAME_LETTERS = 100

View = Callable[[admin.ModelAdmin, HttpRequest], HttpResponse]


class LastDecision(NamedTuple):
    """The decision that the queue offers to undo: ``merge``, ``different`` or ``batch``.

    ``value`` is the key of the merged author, the keys of the pair, or the name of the batch.
    """

    kind: str
    value: str

    @classmethod
    def of(cls, text: str) -> "LastDecision | None":
        kind, _, value = text[:250].partition(":")
        return cls(kind, value) if kind in {"merge", "different", "batch"} and value else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    def undo(self) -> bool:
        """Take the decision back; return whether there was anything to take back."""
        if self.kind == "batch":
            return curation.unmerge_batch(self.value[:32]) > 0
        if self.kind == "merge":
            if there := AuthorAlias.objects.filter(key=self.value).exists():
                curation.unmerge_author(self.value)
            return there
        key, _, other_key = self.value.partition(":")
        apart = AlikeAuthors.objects.filter(key=key, other_key=other_key, different=True)
        if there := apart.exists():
            curation.reopen_pair(key, other_key)
        return there


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """Return the addresses of the queue."""

    def address(ending: str, view: View, name: str, only_post: bool = True) -> URLPattern:
        guarded = _guarded(model_admin, view)
        guarded = require_POST(guarded) if only_post else guarded
        return path(
            f"alike/{ending}",
            model_admin.admin_site.admin_view(guarded),
            name=f"papers_author_{name}",
        )

    return [
        address("", queue_page, "alike", only_post=False),
        address("letters/", same_letters_page, "letters", only_post=False),
        address("decide/", decide, "decide"),
        address("undo/", undo, "undo"),
        address("look/", look, "look"),
    ]


def _guarded(model_admin: admin.ModelAdmin, view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Let only those see who may view authors, and only those send who may change them."""

    def guarded(request: HttpRequest) -> HttpResponse:
        is_read = request.method in {"GET", "HEAD"}
        may = model_admin.has_view_permission if is_read else model_admin.has_change_permission
        if not may(request):
            raise PermissionDenied
        return view(model_admin, request)

    return guarded


def queue_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """List the pairs with the evidence, those of most papers first."""
    page: Page = CappedPaginator(alike_authors(), PAGE).get_page(request.GET.get("page"))
    at = request.GET.get("at", "")
    context = {
        **_context(model_admin, request),
        "title": gettext("Possible duplicate authors"),
        "page": page,
        "pairs": evidence_of_pairs(page.object_list),
        "at": min(int(at), len(page.object_list) - 1) if at.isdecimal() and len(at) < 3 else 0,
        "same_letters": alike_authors().filter(same_letters=True).count(),
        "last": LastDecision.of(request.GET.get("undo", "")),
    }
    return TemplateResponse(request, "admin/papers/author/alike.html", context)


def same_letters_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show what merging all pairs does whose names differ in accents or punctuation alone.

    What was ticked is merged in one act.
    """
    rows = alike_authors().filter(same_letters=True)[:MAX_SAME_LETTERS]
    if request.method == "POST":
        return _merge_ticked(request)
    context = {
        **_context(model_admin, request),
        "title": gettext("Names that differ in accents or punctuation alone"),
        "pairs": evidence_of_pairs(rows),
    }
    return TemplateResponse(request, "admin/papers/author/letters.html", context)


def _merge_ticked(request: HttpRequest) -> HttpResponse:
    ticked = request.POST.getlist("pair")[:MAX_SAME_LETTERS]
    chosen = [int(one) for one in ticked if one.isdecimal() and len(one) < 19]
    batch = curation.batch_name()
    pairs = alike_authors().filter(pk__in=chosen, same_letters=True)
    if number := curation.merge_groups(pairs, batch):
        said = ngettext("%(number)s author merged.", "%(number)s authors merged.", number)
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(_queue(undo=LastDecision("batch", batch)))
    messages.info(request, gettext("No pair was ticked."))
    return HttpResponseRedirect(_queue())


def decide(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Decide about one pair: merge either author into the other, or mark them as two people."""
    key, other_key = sorted(request.POST.get(name, "")[:96] for name in ("key", "other_key"))
    authors = Author.objects.in_bulk([key, other_key], field_name="key")
    last = None
    if len(authors) < 2:
        messages.error(request, gettext("One of the two authors no longer exists."))
    elif request.POST.get("act") == "different":
        curation.are_different(key, other_key)
        messages.success(request, gettext("Marked as two people."))
        last = LastDecision("different", f"{key}:{other_key}")
    elif (into := request.POST.get("act", "")) in authors:
        other = authors[other_key if into == key else key]
        if merge(request, other, authors[into]):
            last = LastDecision("merge", other.key)
    place = {name: request.POST.get(name, "")[:6] for name in ("page", "at")}
    return HttpResponseRedirect(_queue(**place, undo=last))


def merge(request: HttpRequest, other: Author, into: Author) -> bool:
    """Merge and tell the curator; return whether the two were not one author already."""
    try:
        curation.merge_authors(other, into)
    except curation.CannotMerge:
        messages.error(request, gettext("These are already one author."))
        return False
    said = gettext("%(other)s was merged into %(author)s.")
    messages.success(request, said % {"other": other.name, "author": into.name})
    return True


def undo(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take the last decision back, which the queue or the list of decisions named."""
    last = LastDecision.of(request.POST.get("undo", ""))
    if last and last.undo():
        messages.success(request, gettext("Undone. The authors wait in the queue again."))
    else:
        messages.info(request, gettext("Nothing to undo."))
    place = {name: request.POST.get(name, "")[:6] for name in ("page", "at")}
    return HttpResponseRedirect(_queue(**place))


def look(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    number = find_alike_authors()
    said = ngettext(
        "%(number)s pair of possible duplicates.",
        "%(number)s pairs of possible duplicates.",
        number,
    )
    messages.success(request, said % {"number": number})
    return HttpResponseRedirect(_queue())


def _queue(**place: object) -> str:
    """Return the address of the queue at this place, with what may be undone."""
    query = urlencode({name: value for name, value in place.items() if value})
    return f"{reverse('admin:papers_author_alike')}{'?' if query else ''}{query}"


def _context(model_admin: admin.ModelAdmin, request: HttpRequest) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "may_change": model_admin.has_change_permission(request),
    }
