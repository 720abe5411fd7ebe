"""Every list of papers that has an address: its papers, its name, its page."""

import datetime
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from papers.lists.appearances import seen_on
from papers.lists.author_keys import current_keys
from papers.lists.authors import by_author
from papers.lists.topics import on_topics
from papers.models import Appearance, Author, Digest, Paper, PaperQuerySet, Topic
from papers.text import dates
from papers.text.bilingual import Bilingual


@dataclass(frozen=True)
class ListOfPapers:
    """``query`` is what the address of its page needs beside the filters."""

    papers: PaperQuerySet
    name: Bilingual
    path: str
    query: tuple[tuple[str, str], ...] = ()


def all_papers() -> ListOfPapers:
    return ListOfPapers(_published(), Bilingual("All papers", "全部论文"), reverse("papers"))


def of_topic(slug: str) -> ListOfPapers:
    """Of a topic that was merged into another: that one's list, so that no feed runs dry."""
    topic = get_object_or_404(Topic.objects.select_related("merged_into"), slug=slug)
    topic = topic.merged_into or topic
    papers = on_topics(_published(), [topic.slug])
    return ListOfPapers(papers, topic.name, topic.get_absolute_url())


def of_author(key: str) -> ListOfPapers:
    """Of an author who was merged into another: that one's list."""
    key = current_keys([key]).get(key, key)
    author = get_object_or_404(Author, key=key)
    name = Bilingual(author.name, author.name)
    return ListOfPapers(by_author(_published(), key), name, author.get_absolute_url())


def of_day(day: datetime.date) -> ListOfPapers:
    """The papers that the digests of one day hold."""
    if not Digest.objects.filter(date=day).exists():
        raise Http404("No digest of this day.")
    return ListOfPapers(seen_on(_published(), day), _day_name(day), reverse("day", args=[day]))


def of_digest(day: datetime.date, slug: str, source: str = "") -> ListOfPapers:
    """The papers of one digest; ``source`` says whose where two publishers have the topic."""
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
