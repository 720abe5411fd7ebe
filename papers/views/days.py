"""The archive by day: the front page, the calendar, a day, one digest."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404

from papers import calendars
from papers.cards import Card, cards_for
from papers.models import Appearance, Digest, Paper, PaperQuerySet, Topic
from papers.paging import paged
from papers.views.pages import Page

FEATURED_CARDS = 5
CARDS_A_TOPIC = 4


@dataclass(frozen=True)
class Section:
    """The papers of a day under one topic. A paper in several topics stands under the first only;
    ``total`` counts all that the topic's digests hold."""

    topic: Topic
    papers: list[Paper]
    total: int


def new_papers_by_day() -> dict[datetime.date, int]:
    """How many published papers were first seen on each day that has a digest."""
    days = dict.fromkeys(Digest.objects.values_list("date", flat=True).distinct(), 0)
    counted = Paper.objects.published().order_by().values_list("first_seen")
    return days | dict(counted.annotate(number=Count("pk")))


def sections_of(day: datetime.date) -> tuple[list[Section], list[Topic]]:
    """The sections of a day, themes before categories, and its quiet topics (empty digests)."""
    digests = list(Digest.objects.filter(date=day).select_related("topic"))
    if not digests:
        raise Http404("No digest of this day.")
    topics = sorted({one.topic for one in digests}, key=Topic.shelf_order)
    places = Appearance.objects.standing().filter(digest__in=digests, paper__hidden=False)
    by_topic: dict[int, dict[int, None]] = defaultdict(dict)
    for topic, paper in places.order_by("digest", "position").values_list(
        "digest__topic_id", "paper_id"
    ):
        by_topic[topic][paper] = None
    papers = Paper.objects.defer("abstract_en", "abstract_zh").in_bulk(
        {paper for ids in by_topic.values() for paper in ids}
    )
    sections: list[Section] = []
    listed: set[int] = set()
    for topic in topics:
        fresh = [papers[pk] for pk in by_topic[topic.pk] if pk not in listed]
        listed |= by_topic[topic.pk].keys()
        if by_topic[topic.pk]:
            sections.append(Section(topic, fresh, len(by_topic[topic.pk])))
    return sections, [topic for topic in topics if not by_topic[topic.pk]]


def neighbours(day: datetime.date) -> dict[str, datetime.date | None]:
    """The days with digests before and after this one."""
    days = Digest.objects.order_by("date").values_list("date", flat=True)
    return {
        "previous_day": days.filter(date__lt=day).last(),
        "next_day": days.filter(date__gt=day).first(),
    }


class DayPage(Page):
    """What the pages of one day share."""

    def context_of(self, day: datetime.date) -> dict:
        sections, quiet = sections_of(day)
        return {
            "sections": sections,
            "quiet_topics": quiet,
            "paper_count": sum(len(section.papers) for section in sections),
            **neighbours(day),
        }


class Front(DayPage):
    """The newest day with papers, as a front page."""

    template_name = "papers/front.html"

    def get_context_data(self, **kwargs) -> dict:
        newest = Digest.objects.filter(record_count__gt=0).order_by("-date").first()
        if newest is None:
            return super().get_context_data(day=None, **kwargs)
        context = self.context_of(newest.date)
        month = calendars.month_of(newest.date.year, newest.date.month, new_papers_by_day())
        return super().get_context_data(
            **context,
            **self._cards(newest.date, context["sections"]),
            day=newest.date,
            month=month,
            **kwargs,
        )

    def _cards(self, day: datetime.date, sections: list[Section]) -> dict:
        """The cards of the featured papers and of the first few of each topic, each paper once."""
        featured = list(Paper.objects.published().on_front(day)[:FEATURED_CARDS])
        shown = {paper.pk for paper in featured}
        chosen = {
            section.topic.pk: [one for one in section.papers if one.pk not in shown][:CARDS_A_TOPIC]
            for section in sections
        }
        whole = Paper.objects.in_bulk([one.pk for papers in chosen.values() for one in papers])
        cards = {card.paper.pk: card for card in self._in_reading([*featured, *whole.values()])}
        return {
            "featured": [cards[paper.pk] for paper in featured],
            "topic_cards": [
                (section, [cards[one.pk] for one in chosen[section.topic.pk]])
                for section in sections
            ],
        }

    def _in_reading(self, papers: Iterable[Paper]) -> list[Card]:
        return cards_for(papers, self.request.reading.chosen)


class Calendar(Page):
    """All days that have digests."""

    template_name = "papers/calendar.html"

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(months=calendars.months_of(new_papers_by_day()), **kwargs)


class DayDetail(DayPage):
    """A day: all its titles, by topic."""

    template_name = "papers/day.html"

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, **self.context_of(kwargs["day"]))


class DigestDetail(Page):
    """One digest; where several publishers have the topic on this day, ``?source=`` says which."""

    template_name = "papers/digest.html"

    def get_context_data(self, **kwargs) -> dict:
        day, slug = self.kwargs["day"], self.kwargs["slug"]
        digests = list(
            Digest.objects.filter(date=day, topic__slug=slug)
            .select_related("source", "topic")
            .order_by("source__name")
        )
        asked = self.request.GET.get("source", "")
        digest = next((one for one in digests if not asked or one.source.slug == asked), None)
        if digest is None:
            raise Http404("No such digest.")
        pages = paged(self._papers(digest), self.request.GET)
        return super().get_context_data(
            digest=digest,
            others=[one for one in digests if one is not digest],
            paged=pages,
            cards=cards_for(pages.page, self.request.reading.chosen),
            not_understood=pages.not_understood,
            **neighbours(day),
            **kwargs,
        )

    def _papers(self, digest: Digest) -> PaperQuerySet:
        papers = Paper.objects.published()
        return papers.filter(appearances__digest=digest, appearances__withdrawn=False).order_by(
            "appearances__position"
        )
