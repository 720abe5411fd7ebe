"""What a reader keeps in the browser (``/desk/``), and what is new in the lists that it follows.

The browser stores papers and lists; the server renders the papers and counts the new ones.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from papers.http.parameters import of_page, of_program
from papers.http.responses import refusal
from papers.lists.new_papers import MAX_LISTS, NewPapers, UnknownList, new_papers
from papers.lists.pages import paged
from papers.lists.selection import selected
from papers.models import Paper
from papers.presentation.card_cache import kept_rows
from papers.presentation.rows import placed
from papers.text.bilingual import BOTH
from papers.views.page import Page, SafeMethodsOnly


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
            return super().get_context_data(shared=False, by_mail=settings.MAIL_LISTS, **kwargs)
        selection = selected(self.request.GET.getlist("id"))
        pages = paged(selection.ids, self.request.GET)
        papers = Paper.objects.published().only("pk", "arxiv_id")
        here = [one.pk for one in papers.in_order(list(pages.page), "arxiv_id")]
        rows = kept_rows(here, self.request.reading.chosen)
        return super().get_context_data(
            shared=True,
            ids=selection.ids,
            query=urlencode([("id", one) for one in selection.ids], safe="/"),
            paged=pages,
            rows=placed(rows, self.request.get_full_path()).values(),
            not_understood=[*selection.not_understood, *pages.not_understood],
            **kwargs,
        )


class NewOfLists(SafeMethodsOnly):
    """``/desk/new?list=2025-01-29/topics/rag/&list=…``: the papers of lists since a day, as JSON.

    The address tells everything that the answer depends on, so every cache may store it. Browsers
    ask each time, and mostly get a 304, so that a count is not older than the page beside it.
    """

    parameters = of_program(repeatable=("list",))

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = list(dict.fromkeys(request.GET.getlist("list")))
        if len(asked) > MAX_LISTS:
            return refusal(ValueError(f"Ask for at most {MAX_LISTS} lists at once."))
        found = new_papers(asked)
        ids = [one.paper for one in found if isinstance(one, NewPapers) and one.paper]
        titles = Paper.objects.defer("abstract_en", "abstract_zh").in_bulk(ids)
        lists = [
            {"list": name} | _as_json(one, titles) for name, one in zip(asked, found, strict=True)
        ]
        response = JsonResponse({"lists": lists}, json_dumps_params={"ensure_ascii": False})
        patch_cache_control(response, public=True, max_age=0, s_maxage=60)
        return response


def _as_json(found: NewPapers | UnknownList, papers: dict[int, Paper]) -> dict[str, object]:
    if isinstance(found, UnknownList):
        return {"error": str(found)}
    paper = papers.get(found.paper or 0)
    return {
        "papers": found.number,
        "more": found.is_more,
        "newest": found.newest,
        "on_newest": found.on_newest,
        "paper": _paper_as_json(paper) if paper else None,
    }


def _paper_as_json(paper: Paper) -> dict[str, object]:
    titles = {shown.language: shown.plain for shown in paper.title.shown(BOTH)}
    return {"id": paper.arxiv_id, "address": paper.get_absolute_url(), "title": titles}
