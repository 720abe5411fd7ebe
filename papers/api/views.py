"""Views of the API. Errors are problem documents (RFC 9457)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from papers.api import serializers
from papers.api.openapi import description
from papers.api.params import FILTERS, asked_limit, check_names
from papers.glossary import Entry, current_glossary
from papers.glossary.term_weeks import weeks_of
from papers.http.links import absolute, query_string
from papers.http.responses import opened, problem
from papers.lists import counts
from papers.lists.cursor import Cursor
from papers.lists.filters import NotUnderstood
from papers.lists.strict_query import MAX_ECHO, InvalidQuery, parse_cursor, parse_papers
from papers.lists.term_catalogue import LONGEST_FIND, catalogue
from papers.lists.topics import topics_by_slug
from papers.models import Appearance, Digest, Paper, Topic
from papers.related.near import nearest_papers


def _json(data: dict) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@method_decorator(csrf_exempt, name="dispatch")  # no view changes data; POST must get 405, not 403
class Resource(View):
    """Base class of the API's views.

    ``data`` returns the response as a dict. InvalidQuery and Http404 become problem documents.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            return opened(_json(self.data(**kwargs)))
        except InvalidQuery as reason:
            return problem(400, str(reason))
        except Http404:
            return problem(404, "There is nothing at this address.")

    def http_method_not_allowed(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        answer = problem(405, "The API is read-only: GET and HEAD.")
        answer.headers["Allow"] = "GET, HEAD"
        return answer

    def data(self, *args: Any, **kwargs: Any) -> dict:
        raise Http404


class Root(Resource):
    """The addresses of the API."""

    def data(self) -> dict:
        check_names(self.request.GET, ())
        names = ("papers", "topics", "days", "glossary", "openapi.json")
        return {name.partition(".")[0]: absolute(f"{reverse('api')}{name}") for name in names}


class Papers(Resource):
    """The papers of a list, page by page."""

    def data(self) -> dict:
        query = self.request.GET
        check_names(query, FILTERS | {"limit", "cursor"})
        limit, cursor = asked_limit(query), parse_cursor(query, "cursor")
        order = "oldest" if query.get("sort") == "oldest" else "newest"
        is_first_page = order == "newest" and not cursor
        newest = limit + 1 if is_first_page else None
        asked = parse_papers(query, Paper.objects.published(), order, newest)
        follow: Callable = Cursor.older if order == "newest" else Cursor.newer
        papers = list((follow(cursor, asked.papers) if cursor else asked.papers)[: limit + 1])
        shown = papers[:limit]
        following = Cursor.behind(shown[-1]) if len(papers) > limit else None
        return {
            "papers": [serializers.paper(one) for one in shown],
            "next": _next(self.request, following),
            "also_searched": asked.also_searched,
        }


class OnePaper(Resource):
    """One published paper with its appearances."""

    def data(self, arxiv_id: str) -> dict:
        check_names(self.request.GET, ())
        paper = get_object_or_404(Paper.objects.published(), arxiv_id=arxiv_id)
        places = Appearance.objects.filter(paper=paper).select_related(
            "digest__topic", "digest__source"
        )
        in_order = places.order_by("-digest__date", "digest__topic__slug", "digest__source__name")
        return serializers.whole_paper(paper, in_order, nearest_papers(paper))


class Topics(Resource):
    """All topics, themes before categories."""

    def data(self) -> dict:
        check_names(self.request.GET, ())
        topics = sorted(topics_by_slug().values(), key=_themes_first)
        return {"topics": [serializers.topic(one) for one in topics]}


class Days(Resource):
    """The days that have digests, newest first."""

    def data(self) -> dict:
        check_names(self.request.GET, {"limit", "cursor"})
        limit = asked_limit(self.request.GET)
        cursor = parse_cursor(self.request.GET, "cursor")
        digests = Digest.objects.filter(date__lt=cursor.day) if cursor else Digest.objects.all()
        counted = digests.order_by("-date").values_list("date")
        rows = list(
            counted.annotate(
                all=Count("pk"), empty=Count("pk", filter=Q(record_count=0)), newest=Max("imported")
            )[: limit + 1]
        )
        shown = rows[:limit]
        following = Cursor(shown[-1][0]) if len(rows) > limit else None
        new = counts.daily().by_day(shown[-1][0], shown[0][0]) if shown else {}
        return {
            "days": [
                {
                    "date": day.isoformat(),
                    "page": absolute(reverse("day", args=[day])),
                    "new_papers": new.get(day, 0),
                    "digests": all_digests,
                    "empty_digests": empty,
                    "imported": serializers.moment(imported),
                }
                for day, all_digests, empty, imported in shown
            ],
            "next": _next(self.request, following),
        }


class Glossary(Resource):
    """The terms of the glossary, A to Z by their English."""

    def data(self) -> dict:
        query = self.request.GET
        check_names(query, {"q", "limit", "cursor"})
        limit, after = asked_limit(query), query.get("cursor", "")
        typed = query.get("q", "")
        if len(typed) > LONGEST_FIND:
            reason = f"at most {LONGEST_FIND} characters"
            raise InvalidQuery([NotUnderstood("q", typed[:MAX_ECHO], reason)])
        found = catalogue().find(typed) if typed else catalogue().by_english
        start = _place_after(found, after) if after else 0
        shown = found[start : start + limit]
        following = shown[-1].key if start + limit < len(found) else ""
        return {
            "terms": [serializers.term(one) for one in shown],
            "next": _next(self.request, following),
        }


class OneTerm(Resource):
    """One term, with its papers by week."""

    def data(self, key: str) -> dict:
        check_names(self.request.GET, ())
        entry = current_glossary().entry(key)
        if entry is None:
            raise Http404
        return serializers.whole_term(entry, weeks_of(entry.term))


class Description(Resource):
    """The OpenAPI document."""

    def data(self) -> dict:
        return description()


class Nothing(Resource):
    """404 for every other address below ``/api/v1/``."""


def _themes_first(topic: Topic) -> tuple[bool, str]:
    """Return a sort key: themes before categories, each kind by slug."""
    return topic.kind == Topic.Kind.CATEGORY, topic.slug


def _place_after(entries: Sequence[Entry], key: str) -> int:
    """Return the place behind the entry with this key. Raise InvalidQuery if there is none."""
    place = next((at for at, one in enumerate(entries) if one.key == key), None)
    if place is None:
        reason = "not a place that this site gave"
        raise InvalidQuery([NotUnderstood("cursor", key[:MAX_ECHO], reason)])
    return place + 1


def _next(request: HttpRequest, cursor: Cursor | str | None) -> str | None:
    """Return the address of the next page, with all other parameters, or None."""
    if not cursor:
        return None
    asked = {name: values for name, values in request.GET.lists() if name != "cursor"}
    return absolute(f"{request.path}{query_string(asked | {'cursor': str(cursor)})}")
