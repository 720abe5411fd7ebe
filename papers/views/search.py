"""The search box: suggestions while typing, and the help page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from papers.http.links import absolute
from papers.http.parameters import of_program, understands
from papers.lists import counts
from papers.lists.suggestions import Suggestion, suggestions
from papers.models import ZhState
from papers.views.page import Page

EXAMPLES = (
    ("graph neural network", _("with all of these words")),
    ("检索增强生成", _("with this term, in Chinese")),
    ("LLM 推理", _("with words of both languages")),
    ('"chain of thought"', _("with exactly this phrase")),
    ("diffusion -image", _("with the first word and without the second")),
    ("robot OR 机器人", _("with either word")),
    ("title:survey", _("with the word in the title")),
    ("abs:benchmark", _("with the word in the abstract")),
    ('author:"Yi Ma"', _("by an author with this name")),
    ("topic:cs-ro", _("on this topic, by its name or its short name")),
    ("date:2025-03", _("first seen in this month; a year or a day works as well")),
    ("date:2025-01-01..2025-02-15", _("first seen between these days; either may be left out")),
    ("zh:missing", _("without Chinese; also ok and suspect")),
    ("2501.17161", _("the paper with this arXiv id; a link, a DOI or several ids work as well")),
)


class SearchHelp(Page):
    """Explain the grammar of ``papers.search.query_parser`` with examples to try."""

    template_name = "papers/search_help.html"

    def get_context_data(self, **kwargs) -> dict:
        in_chinese = [counts.daily(None, state) for state in (ZhState.OK, ZhState.SUSPECT)]
        return super().get_context_data(
            examples=EXAMPLES,
            paper_count=counts.daily().up_to(None),
            chinese_count=sum(one.up_to(None) for one in in_chinese),
            **kwargs,
        )


@understands(of_program("q", "ui", "format"))
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """``/suggest?q=…&ui=zh``: suggest titles, authors, topics and terms, as JSON.

    The interface language is in the address, so that every cache may store the response. With
    ``format=opensearch`` in the form that browsers read.
    """
    typed = request.GET.get("q", "").replace("\x00", " ")
    found = suggestions(typed, "zh" if request.GET.get("ui") == "zh" else "en")
    for_browsers = request.GET.get("format") == "opensearch"
    response = JsonResponse(
        _for_browsers(typed, found) if for_browsers else _for_page(found),
        safe=False,
        content_type="application/x-suggestions+json" if for_browsers else "application/json",
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(response, public=True, max_age=60)
    return response


def _for_page(found: list[Suggestion]) -> dict:
    return {
        "suggestions": [{"kind": one.kind, "text": one.text, "url": one.address} for one in found]
    }


def _for_browsers(typed: str, found: list[Suggestion]) -> list:
    """Return what was typed, completions, what they are, and their addresses.

    Specification: https://github.com/dewitt/opensearch, extension "Suggestions".
    """
    texts, kinds = [one.text for one in found], [one.kind for one in found]
    return [typed, texts, kinds, [absolute(one.address) for one in found]]
