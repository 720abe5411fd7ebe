"""The page of search results: matches, the reasons for them, and further links."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from papers import search
from papers.glossary import current_glossary
from papers.glossary.tokens import has_han
from papers.lists.authors import authors_named
from papers.lists.filters import PaperFilter
from papers.lists.other_language import in_other_language
from papers.lists.search_filter import search_papers
from papers.lists.suggestions import did_you_mean
from papers.models import Author, Paper, Translation
from papers.presentation.card_cache import AnyCard
from papers.presentation.cards import MarkedText, Match, Passages
from papers.presentation.charts import Chart, weekly
from papers.search.bridge import in_other_words
from papers.search.highlighter import Highlighted, Marker
from papers.text.bilingual import ZH

MAX_AUTHORS = 3  # offered when nothing is found

SAID = {
    search.Note.QUOTE: _("Unmatched quotation mark; searched as words:"),
    search.Note.DATE: _("Not a date such as 2025-03 or 2025-01-01..2025-02-15; searched as words:"),
    search.Note.ZH: _("Not one of ok, missing, suspect; searched as words:"),
    search.Note.TOPIC: _("No such topic; searched as words:"),
    search.Note.OR: _("OR must stand between two words or two topics; searched as words:"),
    search.Note.EMPTY: _("Nothing follows it; searched as a word:"),
    search.Note.LONG: _("The query is too long; this part was ignored:"),
    search.Note.NOT: _("NOT excludes what follows, as a minus does:"),
}


@dataclass
class SearchPage:
    """The answer to a query; ``results`` is None if the query only filters and has no words."""

    query: search.Query
    results: search.Results | None
    is_filtered: bool = False

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Why parts of the query were searched as words, each with that part."""
        return [(str(SAID[note]), given[:80]) for note, given in self.query.notes]

    @property
    def is_as_typed(self) -> bool:
        """Whether the reader has asked for no other words, and there are some."""
        return self.query.glossary is None and bool(
            replace(self.query, glossary=current_glossary()).bridged
        )

    @cached_property
    def did_you_mean(self) -> str:
        is_wrong = self.is_unsure and not self.everywhere
        return did_you_mean(self.query) if is_wrong else ""

    @property
    def is_unsure(self) -> bool:
        """Whether no paper of the list matches the whole query."""
        return self.results is not None and (not self.results or self.results.is_best_match)

    @cached_property
    def everywhere(self) -> search.Results | None:
        """The papers that match the whole query without the filters, if none does with them."""
        if not (self.is_unsure and self.is_filtered):
            return None
        found = search_papers(self.query, Paper.objects.published(), search.NEWEST)
        return found if found and not found.is_best_match else None

    @cached_property
    def other_language(self) -> str:
        """The query in the other language, if the site has papers for it."""
        given = in_other_language(self.query) if self.is_unsure else ""
        query = search.parse_query(given)
        if not given or query.node() is None:
            return ""
        found = search_papers(query, Paper.objects.published(), search.NEWEST)
        return "" if not found or found.is_best_match else given

    @cached_property
    def authors(self) -> list[Author]:
        """Authors whose names have the words of a query that nothing matches."""
        words = " ".join(self.query.texts()) if self.is_unsure else ""
        return list(authors_named(words)[:MAX_AUTHORS])

    @cached_property
    def chart(self) -> Chart | None:
        """The counted hits by week."""
        return weekly(self.results.days.items()) if self.results else None

    def marked(self, cards: Mapping[int, AnyCard]) -> list[AnyCard]:
        """Return the cards with the query's words marked and the matching passage shown.

        ``cards`` is keyed by paper id.
        """
        asked, glossary = self.query.texts(), self.query.glossary
        marker = Marker(asked, in_other_words(asked, glossary) if glossary else ())
        if not marker.words:
            return list(cards.values())
        in_chinese = has_han(self.query.given)
        matches = {pk: _match(card.passages, marker, in_chinese) for pk, card in cards.items()}
        unexplained = [pk for pk, match in matches.items() if not match.is_seen]
        for pk, texts in _other_texts(unexplained).items():
            matches[pk] = replace(matches[pk], snippet=_best(texts, marker))
        return [card.marked(matches[pk]) for pk, card in cards.items()]


def answer(filtered: PaperFilter, is_filtered: bool) -> SearchPage | None:
    """Search for ``q`` in the filtered list; None without a query.

    ``is_filtered``: the list has less than all papers.
    """
    query = filtered.query
    if query is None:
        return None
    if query.node() is None and not query.arxiv_ids:
        return SearchPage(query, None, is_filtered)
    order = filtered.form.cleaned_data.get("sort") or search.RELEVANCE
    results = search_papers(query, filtered.without_words, order)
    return SearchPage(query, results, is_filtered)


def paper_itself(filtered: PaperFilter) -> Paper | None:
    """Return the published paper if the query is its arXiv id or link."""
    if filtered.query is None or not filtered.query.arxiv_id:
        return None
    return Paper.objects.published().filter(arxiv_id=filtered.query.arxiv_id).first()


def _match(passages: Passages, marker: Marker, in_chinese: bool) -> Match:
    """Mark the words.

    For a Chinese query a Chinese passage wins over an equal English one, if the reader reads it.
    """
    others = passages.others
    if in_chinese and any(one.language == ZH for one in passages.titles):
        others = sorted(others, key=lambda one: one.language != ZH)
    return Match([_marked(one, marker) for one in passages.titles], _best(others, marker))


def _marked(text: MarkedText, marker: Marker) -> MarkedText:
    return replace(text, text=marker.mark(text.text.text))


def _best(texts: Iterable[MarkedText], marker: Marker) -> MarkedText | None:
    """Return the text with most of the words, cut to a snippet; of equals the first."""
    best, most = None, 0
    for one in texts:
        marked = marker.mark(one.text.text)
        if (found := marker.found_in(marked)) > most:
            best, most = (one, marked), found
    if best is None:
        return None
    one, marked = best
    return replace(one, text=marked.snippet())


def _other_texts(paper_ids: list[int]) -> dict[int, list[MarkedText]]:
    """Return the Chinese texts of these papers that are indexed but not shown."""
    texts: dict[int, list[MarkedText]] = defaultdict(list)
    if paper_ids:
        rows = Translation.objects.filter(paper__in=paper_ids, chosen=False).order_by("pk")
        for paper, text in rows.values_list("paper_id", "text"):
            texts[paper].append(MarkedText(ZH, Highlighted(text)))
    return texts
