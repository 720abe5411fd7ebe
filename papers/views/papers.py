"""Lists of papers, and the page of one paper."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from papers.citations.reference import reference_of
from papers.db.bulk import select_rows
from papers.glossary import Entry
from papers.http.language import ReadingRequest
from papers.http.parameters import of_page, of_program, understands
from papers.http.visitors import is_curator
from papers.lists.appearances import appearances_of
from papers.lists.filters import REPEATABLE, SINGLE, PaperFilter
from papers.lists.named import term_named
from papers.lists.neighbours import neighbours_of
from papers.lists.paged_ids import Ids, listing
from papers.lists.pages import paged
from papers.lists.topics import sources_by_id, topics_by_slug
from papers.models import Paper, PaperQuerySet, Translation, ZhState
from papers.presentation import fault_labels, filter_labels, search_results
from papers.presentation.card_cache import AnyCard, cards_to_show, kept_related
from papers.presentation.cards import authors_of, cards_for
from papers.presentation.facets import Facets, facets, facets_of_hits
from papers.presentation.glosses import glossed_abstract
from papers.presentation.named_card import named_card
from papers.presentation.other_translations import other_translations
from papers.presentation.search_results import SearchPage
from papers.presentation.search_scope import scope_of
from papers.text.arxiv_ids import without_version
from papers.text.bilingual import EN, ZH, Reading
from papers.text.markup import pairs
from papers.views.page import Page, SafeMethodsOnly


class PaperList(Page):
    """A filtered, paginated list of papers. Topic and author pages inherit from it."""

    template_name = "papers/paper_list.html"
    parameters = of_page(*SINGLE, repeatable=REPEATABLE, paged=True)

    def get_queryset(self) -> PaperQuerySet:
        return Paper.objects.shown_to(is_curator(self.request)).newest_first()

    def get_within(self) -> dict[str, str]:
        """Return the topic or author of this list, as arguments for the counts."""
        return {}

    def get_scope_name(self) -> SafeString | str:
        """Return the name of the topic or author whose papers these are."""
        return ""

    def get_term(self, answer: SearchPage | None) -> Entry | None:
        """Return the term of the glossary that this list is about."""
        return term_named(answer.query) if answer and self._is_first() else None

    def export_base(self) -> str:
        """Return the address of this list's export files, without the file extension."""
        return f"{self.request.path}papers" if self.kwargs else reverse("papers").rstrip("/")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Redirect to the paper if the query is only an arXiv id or link; else show the list."""
        self.filter = PaperFilter(request.GET, queryset=self.get_queryset())
        if paper := search_results.paper_itself(self.filter):
            return redirect(paper)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        query, filtered = self.request.GET, self.filter
        cards: Iterable[AnyCard]
        scope = scope_of(filtered, self.request.path, self.get_scope_name())
        answer = search_results.answer(filtered, is_filtered=scope is not None)
        if answer is None or answer.results is None:
            pages = paged(self._papers(filtered), query)
            cards = self._cards(pages.page)
        else:
            pages = paged(answer.results.paper_ids, query)
            cards = answer.marked(cards_to_show(self.request, list(pages.page)))
        return super().get_context_data(
            filter=filtered,
            chips=filter_labels.chips(filtered),
            without_filters=filter_labels.without_filters(filtered),
            scope=scope,
            search=answer,
            more_hits=bool(answer and answer.results and answer.results.more),
            named=named_card(answer.query) if answer and self._is_first() else None,
            term=self.get_term(answer),
            paged=pages,
            cards=cards,
            facets=self._facets(answer),
            not_understood=[*filtered.not_understood, *pages.not_understood],
            feed_base=self.request.path,
            export_base=self.export_base(),
            **{"topic": None, "author": None, "chart": None} | kwargs,
        )

    def _is_first(self) -> bool:
        """Return whether this is the first page of a list that is not a topic's or author's."""
        return not self.kwargs and self.request.GET.get("page", "1") == "1"

    def _facets(self, answer: SearchPage | None) -> Facets:
        if answer and answer.results:
            return facets_of_hits(self.filter, answer.results)
        return facets(self.filter, **self.get_within())

    def _papers(self, filtered: PaperFilter) -> Ids | PaperQuerySet:
        """Return paper ids for readers, and a queryset for curators.

        A curator's list contains hidden papers too, so its length is counted by the database.
        """
        if is_curator(self.request):
            return filtered.qs
        return listing(filtered, **self.get_within())

    def _cards(self, page: Iterable) -> Iterable[AnyCard]:
        if is_curator(self.request):
            return cards_for(page, self.request.reading.chosen)
        return cards_to_show(self.request, list(page)).values()


class PaperDetail(SafeMethodsOnly, DetailView):
    """One paper with everything known about it."""

    template_name = "papers/paper_detail.html"
    context_object_name = "paper"
    parameters = of_page("list")
    request: ReadingRequest

    def get_object(self, queryset: QuerySet | None = None) -> Paper:
        """Return the paper of this address. Only curators see hidden papers."""
        # Plain SQL: building this query takes Django's ORM longer than all of its answer.
        sql = "SELECT * FROM papers_paper WHERE arxiv_id = %s"
        for paper in Paper.objects.raw(sql, [self.kwargs["arxiv_id"]]):
            if not paper.hidden or is_curator(self.request):
                return paper
        raise Http404("No such paper.")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the paper; the browser may fetch the next one early."""
        response = super().get(request, *args, **kwargs)
        response.headers["Speculation-Rules"] = f'"{reverse("speculation-rules")}"'
        return response

    def get_context_data(self, **kwargs) -> dict:
        reading = self.request.reading.chosen
        paper = self.object
        titles = reading.titles(paper.title)
        abstracts = reading.abstracts(paper.abstract)
        in_chinese = _read_in_chinese(reading)
        appeared, known = appearances_of(paper), topics_by_slug()
        stored = _stored_translations(paper)
        machine = paper.card.get("machine", {})
        return super().get_context_data(
            titles=titles,
            abstracts=abstracts,
            glossed=glossed_abstract(abstracts, paper.arxiv_url),
            sentence_pairs=paper.sentence_pairs if len(abstracts) == 2 else [],
            pairs=pairs(*(shown.paragraphs for shown in abstracts)) if len(abstracts) == 2 else [],
            topics=[topic for slug, topic in known.items() if slug in paper.card["topics"]],
            cited=reference_of(paper, {slug: topic.name_en for slug, topic in known.items()}),
            authors=authors_of(paper),
            appeared=appeared,
            related=kept_related(paper, reading),
            read_links=[(name, url.format(id=paper.arxiv_id)) for name, url in settings.READ_LINKS],
            translations=[
                (field, source, machine.get(field)) for field, source, chosen in stored if chosen
            ],
            neighbours=neighbours_of(paper, appeared, self.request.GET.get("list", "")),
            other_translations=other_translations(paper, in_chinese)
            if any(not chosen for *_, chosen in stored)
            else [],
            lacks_chinese=ZH in {one.missing for one in (*titles, *abstracts)},
            translates=bool(settings.TRANSLATOR_URL),
            share_title=next((one.plain for one in titles), ""),
            share_text=Truncator(abstracts[0].plain).chars(200) if abstracts else "",
            **_doubts(paper, in_chinese),
            **kwargs,
        )


def _read_in_chinese(reading: Reading) -> list[str]:
    choices = {"title_zh": reading.title, "abstract_zh": reading.abstract}
    return [name for name, choice in choices.items() if choice != EN]


def _stored_translations(paper: Paper) -> list[tuple[str, str, bool]]:
    """Return the field and the source of each stored text, titles first, and if it is shown."""
    names = ("field", "source_id", "chosen")
    rows = select_rows(Translation, names, where="paper_id", values=[paper.pk])
    sources = sources_by_id()
    known = [row for row in rows if row[1] in sources]  # else imported after caching
    return [(field, sources[pk].name, chosen) for field, pk, chosen in sorted(known, reverse=True)]


def _doubts(paper: Paper, in_chinese: list[str]) -> dict[str, list]:
    """Return what is in doubt of the texts that are read in Chinese, in words; nothing of what a
    curator decided or judged."""
    faults: dict[str, list[str]] = {}
    if paper.zh_state == ZhState.SUSPECT:
        rows = paper.doubts.exclude(source=None).order_by("pk")
        for field, fault in rows.values_list("field", "fault"):
            if f"{field}_zh" in in_chinese:
                faults.setdefault(f"{field}_doubts", []).append(fault)
    return {name: fault_labels.in_words(found) for name, found in faults.items()}


@understands(of_program())
@require_safe
def to_paper(request: HttpRequest, arxiv_id: str) -> HttpResponse:
    """Redirect arXiv's ``/abs/2501.17161v2`` to the paper's page here."""
    paper = get_object_or_404(Paper.objects.published(), arxiv_id=without_version(arxiv_id))
    return redirect(paper)


@understands(of_program())
@require_safe
def to_pdf(request: HttpRequest, arxiv_id: str) -> HttpResponse:
    """Redirect arXiv's ``/pdf/2501.17161`` to the PDF at arXiv."""
    return redirect(f"https://arxiv.org/pdf/{arxiv_id}")
