"""The glossary: lists of terms, the page of one term, and the glossary as a file."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from papers.glossary import Entry, current_glossary
from papers.glossary.rising import counted_up_to, rising_terms, rising_without_chinese
from papers.glossary.term_weeks import weeks_of
from papers.http.parameters import of_page, of_program, understands
from papers.http.responses import opened
from papers.http.visitors import is_curator
from papers.lists.filters import NotUnderstood
from papers.lists.named import topic_named
from papers.lists.pages import paged
from papers.lists.search_filter import search_papers
from papers.lists.term_catalogue import (
    LONGEST_FIND,
    catalogue,
    newest_week,
    papers_query,
)
from papers.models import Paper
from papers.presentation.card_cache import kept_rows
from papers.presentation.charts import weekly
from papers.presentation.glossary_files import GLOSSARY_FORMATS
from papers.presentation.rows import placed
from papers.presentation.term_rows import example_of, names_of, notes_of, term_rows
from papers.search import NEWEST
from papers.views.page import Page

SHOWN = {
    "use": _("Common"),
    "rising": _("Rising"),
    "missing": _("No Chinese yet"),
    "en": _("English A–Z"),
    "zh": _("Chinese A–Z"),
}
BY_LETTER = ("en", "zh")
NEWEST_PAPERS = 10


class Glossary(Page):
    """Lists of terms: by use, rising, without Chinese yet, from A to Z; ``q`` finds terms."""

    template_name = "papers/glossary.html"
    parameters = of_page("q", "show", "letter", paged=True)

    @property
    def show(self) -> str:
        shown = self.request.GET.get("show", "")
        return shown if shown in SHOWN else "use"

    @property
    def typed(self) -> str:
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_FIND]

    def get_context_data(self, **kwargs) -> dict:
        pages = paged(self._entries(), self.request.GET)
        is_change = self.show in ("rising", "missing") and not self.typed
        return super().get_context_data(
            paged=pages,
            rows=[] if is_change else term_rows(list(pages.page)),
            changes=list(pages.page) if is_change else [],
            counted_up_to=counted_up_to() if is_change else None,
            query=self.typed,
            show=self.show,
            tabs=SHOWN.items(),
            letter=self._letter,
            letters=list(self._by_letter),
            formats=list(GLOSSARY_FORMATS),
            not_understood=[*self._not_understood(), *pages.not_understood],
            **kwargs,
        )

    def _entries(self) -> Sequence:
        if self.typed:
            return catalogue().find(self.typed)
        if self.show in BY_LETTER:
            return self._by_letter.get(self._letter, [])
        if self.show == "rising":
            return [(current_glossary().entry(one.term), one) for one in rising_terms()]
        if self.show == "missing":
            return [(None, one) for one in rising_without_chinese()]
        return catalogue().by_use

    @cached_property
    def _by_letter(self) -> dict[str, list[Entry]]:
        if self.typed or self.show not in BY_LETTER:
            return {}
        return catalogue().by_letter if self.show == "en" else catalogue().by_pinyin

    @property
    def _letter(self) -> str:
        asked = self.request.GET.get("letter", "")
        return asked if asked in self._by_letter else next(iter(self._by_letter), "")

    def _not_understood(self) -> list[NotUnderstood]:
        known = {"show": SHOWN, "letter": self._by_letter or {""}}
        asked = ((name, self.request.GET.get(name, "")) for name in known)
        return [
            NotUnderstood(name, value[:80], str(_("no such list")))
            for name, value in asked
            if value and value not in known[name]
        ]


class TermDetail(Page):
    """One term: names, papers by week, an example, the newest papers and their feed.

    The address of a plural or an abbreviation redirects to the term itself.
    """

    template_name = "papers/term.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        entry = current_glossary().entry(self.kwargs["key"])
        if entry is None:
            raise Http404("No such term.")
        if entry.key != self.kwargs["key"]:
            query = request.META.get("QUERY_STRING", "")
            address = reverse("term", args=[entry.key])
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        self.entry = entry
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        entry, query, reading = self.entry, papers_query(self.entry), self.request.reading.chosen
        found = search_papers(query, Paper.objects.published(), NEWEST)
        ids = found.paper_ids[:NEWEST_PAPERS]
        weeks = {week: number for week, (number, _) in weeks_of(entry.term).items()}
        return super().get_context_data(
            entry=entry,
            names=names_of(entry, reading),
            query=query.given,
            found=found,
            rows=placed(kept_rows(ids, reading), self.request.path).values(),
            paper_count=sum(weeks.values()),
            this_week=weeks.get(last, 0) if (last := newest_week()) else 0,
            chart=weekly(weeks.items()),
            example=example_of(entry, current_glossary()),
            notes=notes_of(entry),
            may_edit=is_curator(self.request) and self.request.user.has_perm("papers.add_term"),
            same_topic=topic_named(entry.english) or topic_named(entry.chinese),
            **kwargs,
        )


@understands(of_program())
@require_safe
def glossary_file(request: HttpRequest, form: str) -> HttpResponse:
    """``/glossary.csv``, ``/glossary.jsonl``: all pairs of terms, those for search only too."""
    written = "".join(GLOSSARY_FORMATS[form].write(current_glossary().pairs()))
    answer = HttpResponse(written, content_type=GLOSSARY_FORMATS[form].content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="glossary.{form}"'
    return opened(answer)
