"""The list of authors, and the papers of one author."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from papers.http.parameters import of_page
from papers.lists.author_keys import current_keys
from papers.lists.authors import authors_named, by_author, most_active, number_of_authors
from papers.lists.pages import paged
from papers.lists.sections import newest_day
from papers.models import Author, PaperQuerySet
from papers.search import MAX_LENGTH
from papers.views.page import Page
from papers.views.papers import PaperList


class AuthorList(Page):
    """The most active authors of the newest week; ``q`` searches the words of all names."""

    template_name = "papers/author_list.html"
    parameters = of_page("q", paged=True)

    def get_context_data(self, **kwargs) -> dict:
        query = self.request.GET.get("q", "").replace("\x00", "").strip()[:MAX_LENGTH]
        if not query:
            return super().get_context_data(**self._most_active(), **kwargs)
        pages = paged(authors_named(query), self.request.GET)
        return super().get_context_data(
            paged=pages,
            query=query,
            rows=[(author, None) for author in pages.page],
            not_understood=pages.not_understood,
            **kwargs,
        )

    def _most_active(self) -> dict:
        newest = newest_day()
        rows = most_active(newest) if newest else []
        return {"rows": rows, "newest": newest, "number_of_authors": number_of_authors()}


class AuthorDetail(PaperList):
    """The papers of one author, with the filters of every list.

    The address of a merged author redirects permanently to the author it was merged into.
    """

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if merged := current_keys([self.kwargs["key"]]):
            query = request.META.get("QUERY_STRING", "")
            address = reverse("author", args=list(merged.values()))
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        self.author = get_object_or_404(Author, key=self.kwargs["key"])
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> PaperQuerySet:
        return by_author(super().get_queryset(), self.kwargs["key"])

    def get_within(self) -> dict[str, str]:
        return {"author": self.kwargs["key"]}

    def get_scope_name(self) -> str:
        return self.author.name

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(author=self.author, **kwargs)
