"""The page of saved papers (``/desk/``). The browser stores the list; the server renders cards."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from papers.http.parameters import of_page
from papers.lists.pages import paged
from papers.lists.selection import selected
from papers.models import Paper
from papers.presentation.cards import cards_for
from papers.views.page import Page


class Saved(Page):
    """The saved papers or, with ``id`` (repeatable) in the address, a shared list.

    The address reveals a reader's choice of papers: shared caches must not store the page, and
    search engines must not list it.
    """

    template_name = "papers/saved.html"
    parameters = of_page(repeatable=("id",), paged=True)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def get_context_data(self, **kwargs) -> dict:
        if "id" not in self.request.GET:
            return super().get_context_data(shared=False, **kwargs)
        selection = selected(self.request.GET.getlist("id"))
        pages = paged(selection.ids, self.request.GET)
        papers = Paper.objects.published().in_order(list(pages.page), "arxiv_id")
        return super().get_context_data(
            shared=True,
            ids=selection.ids,
            query=urlencode([("id", one) for one in selection.ids], safe="/"),
            paged=pages,
            cards=cards_for(papers, self.request.reading.chosen),
            not_understood=[*selection.not_understood, *pages.not_understood],
            **kwargs,
        )
