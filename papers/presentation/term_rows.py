"""Terms as the pages of the glossary show them: rows of a list, an example, notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from papers.glossary import Entry, Glossary
from papers.glossary.tokens import english_key
from papers.lists import term_catalogue
from papers.lists.search_filter import search_papers
from papers.models import Paper, Term, ZhState
from papers.presentation.charts import SPARK_WEEKS, WEEK, Sparkline, sparkline
from papers.search import NEWEST, parse_query
from papers.search.highlighter import Highlighted
from papers.text.bilingual import EN, HTML_LANG, ZH, Bilingual, Reading

_TRIED = 12  # newest papers in which an example is looked for
_LEAST, _MOST = 40, 400  # characters of an English sentence that is a good example


@dataclass(frozen=True)
class TermRow:
    """A term in a list; ``papers`` is None where papers are not counted."""

    entry: Entry
    papers: int | None
    spark: Sparkline | None

    @property
    def also(self) -> tuple[str, ...]:
        """Abbreviations and other names, for the column of the list."""
        return (*self.entry.abbreviations, *self.entry.other_chinese)[:3]


def term_rows(entries: Sequence[Entry]) -> list[TermRow]:
    """Return the rows of these entries, with their papers of the last weeks."""
    last = term_catalogue.newest_week()
    if last is None:
        return [TermRow(one, None, None) for one in entries]
    weeks = term_catalogue.weeks_since(entries, last - (SPARK_WEEKS - 1) * WEEK)
    counts = term_catalogue.paper_counts(entries)
    return [
        TermRow(
            one,
            counts.get(one.term),
            sparkline(weeks[one.term], last) if one.term in counts else None,
        )
        for one in entries
    ]


@dataclass(frozen=True)
class Name:
    """A name of a term, what it is to it, and the pair of names that the glossary has for it."""

    text: str
    role: str
    english: str
    chinese: str


@dataclass(frozen=True)
class NamesOfTerm:
    """The names of a term in one language, the usual one first."""

    language: str
    heading: str
    names: list[Name]

    @property
    def usual(self) -> str:
        return self.names[0].text

    @property
    def html_lang(self) -> str:
        return HTML_LANG[self.language]


def names_of(entry: Entry, reading: Reading) -> list[NamesOfTerm]:
    """Return the names in both languages, English first for those who read no Chinese titles."""
    usual, variant, abbreviation = _("usual"), _("variant"), _("abbreviation")
    chinese = [Name(entry.chinese, usual, entry.english, entry.chinese)]
    chinese += [Name(one, variant, entry.english, one) for one in entry.other_chinese]
    english = [Name(entry.english, usual, entry.english, entry.chinese)]
    english += [Name(one, variant, one, entry.chinese) for one in entry.other_english]
    english += [Name(one, abbreviation, one, entry.chinese) for one in entry.abbreviations]
    names = [NamesOfTerm(ZH, _("Chinese"), chinese), NamesOfTerm(EN, _("English"), english)]
    return names if reading.wants_chinese else names[::-1]


@dataclass(frozen=True)
class Example:
    """A sentence of a paper and its translation, with the term marked in both."""

    paper: Paper
    english: Highlighted
    chinese: Highlighted


def example_of(entry: Entry, glossary: Glossary) -> Example | None:
    """Return the newest good example among the papers with both names of the term."""
    wanted = parse_query(" ".join(f'"{one.replace(chr(34), " ")}"' for one in entry[1:3]))
    papers = Paper.objects.published().filter(zh_state=ZhState.OK)
    found = search_papers(wanted, papers, NEWEST)[:_TRIED]
    return next((one for paper in found for one in _examples(paper, entry, glossary)), None)


def _examples(paper: Paper, entry: Entry, glossary: Glossary) -> Iterator[Example]:
    for pair in paper.sentence_pairs:
        english = paper.abstract_en[slice(*pair.english)].strip()
        chinese = paper.abstract_zh[slice(*pair.chinese)].strip()
        at = chinese.find(entry.chinese)
        is_plain = not {"$", "\\"} & {*english, *chinese}
        if at < 0 or not is_plain or not _LEAST <= len(english) <= _MOST:
            continue
        spans = tuple(
            (one.start, one.end)
            for one in glossary.in_english(english)
            if english_key(one.term) == entry.term
        )
        if spans:
            marked = Highlighted(chinese, ((at, at + len(entry.chinese)),))
            yield Example(paper, Highlighted(english, spans), marked)


def notes_of(entry: Entry) -> list[Bilingual]:
    """Return what curators wrote about this term."""
    rows = Term.objects.filter(english=entry.english, hidden=False).exclude(note_en="", note_zh="")
    return [Bilingual(one.note_en, one.note_zh) for one in rows]
