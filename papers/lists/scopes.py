"""The lists of papers that have an address: papers, name and path of each."""

import datetime
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from papers.db.bulk import in_values
from papers.glossary import current_glossary
from papers.lists.appearances import seen_on
from papers.lists.author_keys import current_keys
from papers.lists.authors import by_author
from papers.lists.search_filter import filter_by_query
from papers.lists.term_catalogue import papers_query
from papers.lists.topics import on_topics
from papers.models import Appearance, Author, Digest, Paper, PaperQuerySet, Topic
from papers.related.near import papers_like
from papers.text import dates
from papers.text.bilingual import Bilingual


@dataclass(frozen=True)
class ListOfPapers:
    """The papers, name and path of a list; ``query`` holds the parameters its path needs."""

    papers: PaperQuerySet
    name: Bilingual
    path: str
    query: tuple[tuple[str, str], ...] = ()


def all_papers() -> ListOfPapers:
    """Return the list of all published papers."""
    return ListOfPapers(_published(), Bilingual("All papers", "全部论文"), reverse("papers"))


def of_topic(slug: str) -> ListOfPapers:
    """Return the list of a topic; for a merged topic that of its successor, so that feeds go on.

    Raises Http404 for an unknown topic.
    """
    topic = get_object_or_404(Topic.objects.select_related("merged_into"), slug=slug)
    topic = topic.merged_into or topic
    papers = on_topics(_published(), [topic.slug])
    return ListOfPapers(papers, topic.name, topic.get_absolute_url())


def of_author(key: str) -> ListOfPapers:
    """Return the list of an author; for a merged author that of the successor.

    Raises Http404 for an unknown author.
    """
    key = current_keys([key]).get(key, key)
    author = get_object_or_404(Author, key=key)
    name = Bilingual(author.name, author.name)
    return ListOfPapers(by_author(_published(), key), name, author.get_absolute_url())


def of_term(key: str) -> ListOfPapers:
    """Return the list of the papers that use a term of the glossary. Raises Http404."""
    entry = current_glossary().entry(key)
    if entry is None:
        raise Http404("No such term.")
    papers = filter_by_query(_published(), papers_query(entry))
    name = Bilingual(entry.english, entry.chinese)
    return ListOfPapers(papers, name, reverse("term", args=[entry.key]))


def like_paper(arxiv_id: str) -> ListOfPapers:
    """Return the papers like this one. Raises Http404 if there is no such paper."""
    paper = get_object_or_404(Paper.objects.published(), arxiv_id=arxiv_id)
    papers = _published().filter(pk__in=in_values(papers_like(paper)))
    name = Bilingual(f"Papers like {arxiv_id}", f"与 {arxiv_id} 相近的论文")
    return ListOfPapers(papers, name, reverse("related", args=[arxiv_id]))


def of_day(day: datetime.date) -> ListOfPapers:
    """Return the papers in the digests of one day. Raises Http404 if there is no digest."""
    if not Digest.objects.filter(date=day).exists():
        raise Http404("No digest of this day.")
    return ListOfPapers(seen_on(_published(), day), _day_name(day), reverse("day", args=[day]))


def of_digest(day: datetime.date, slug: str, source: str = "") -> ListOfPapers:
    """Return the papers of one digest; ``source`` selects one of several publishers.

    Raises Http404 if there is no such digest.
    """
    digests = Digest.objects.filter(date=day, topic__slug=slug).select_related("topic", "source")
    if source:
        digests = digests.filter(source__slug=source)
    digest = digests.order_by("source__name").first()
    if digest is None:
        raise Http404("No such digest.")
    places = Appearance.objects.standing().filter(digest=digest)
    papers = _published().filter(pk__in=places.values("paper"))
    on_day = _day_name(day)
    name = Bilingual(
        f"{digest.topic.name_en}, {on_day.en}",
        f"{digest.topic.name_zh or digest.topic.name_en}，{on_day.zh}",
    )
    query = (("source", digest.source.slug),) if source else ()
    return ListOfPapers(papers, name, digest.get_absolute_url(), query)


def _published() -> PaperQuerySet:
    return Paper.objects.published().newest_first()


def _day_name(day: datetime.date) -> Bilingual:
    return Bilingual(dates.short_day(day, chinese=False), dates.short_day(day, chinese=True))
