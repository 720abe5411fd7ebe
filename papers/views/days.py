"""The archive by day: the front page, the calendar, a day, one digest."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from papers.http.parameters import of_page
from papers.lists.appearances import on_front
from papers.lists.filters import NotUnderstood
from papers.lists.pages import paged
from papers.lists.sections import Section, contents_of, newest_day
from papers.models import Appearance, Digest, ImportRun, Paper, Topic
from papers.presentation import calendars
from papers.presentation.archive import (
    archive_span,
    around,
    counts_by_day,
    days_of_the_archive,
    month_around,
    neighbours,
    shades_until,
)
from papers.presentation.card_cache import cards_to_show, kept_cards, kept_rows
from papers.presentation.rows import placed
from papers.views.page import Page

FEATURED_PAPERS = 5
RECENT_DAYS = 10
CALENDAR_MONTHS = 24
LATE_AFTER = 1  # weekdays without a digest; a publisher in another time zone may not be done yet
_YEAR = re.compile(r"[12][0-9]{3}")


class DayPage(Page):
    """Base class for the pages of one day: all its titles, by topic."""

    template_name = "papers/day.html"
    shows_abstracts = False

    def context_of(self, day: datetime.date) -> dict:
        contents = contents_of(day)
        featured = on_front(Paper.objects.published(), day).values_list("pk", flat=True)
        first = list(featured[:FEATURED_PAPERS])
        ids = list(dict.fromkeys([*first, *contents.papers]))
        reading = self.request.reading.chosen
        rows = self._rows(ids, notes_missing=contents.has_chinese)
        paper_count = len(rows)
        return {
            "day": day,
            "shows_abstracts": self.shows_abstracts,
            "featured": [rows.pop(pk) for pk in first if pk in rows],
            **self._sections(contents.sections, rows),
            "empty_topics": contents.empty_topics,
            "paper_count": paper_count,
            "lacks_chinese": reading.wants_chinese and not contents.has_chinese,
            "month": month_around(day, archive_span()),
            **neighbours(day),
        }

    def _rows(self, ids: list[int], notes_missing: bool) -> dict[int, SafeString]:
        """Return the rows of these papers by id, or their cards."""
        reading = self.request.reading.chosen
        if self.shows_abstracts:
            return {pk: card.html for pk, card in kept_cards(ids, reading, level=3).items()}
        return placed(kept_rows(ids, reading, notes_missing), self.request.path)

    def _sections(self, sections: list[Section], rows: Mapping[int, SafeString]) -> dict:
        """Return the sections that have rows of their own, and the topics of the other ones."""
        by_topic = {one.topic: [rows[pk] for pk in one.papers if pk in rows] for one in sections}
        listed = [topic for topic, own in by_topic.items() if own]
        return {
            "sections": [
                DaySection(topic, by_topic[topic], following)
                for topic, following in zip_longest(listed, listed[1:])
            ],
            "listed_before": [topic for topic, own in by_topic.items() if not own],
            "lists_once": any(one.total > len(one.papers) for one in sections),
        }


@dataclass(frozen=True)
class DaySection:
    """A section of a day's page: its topic, the rows of its papers, and the next topic."""

    topic: Topic
    rows: list[SafeString]
    next: Topic | None


class Front(DayPage):
    """The front page: the newest day with papers."""

    template_name = "papers/front.html"

    def get_context_data(self, **kwargs) -> dict:
        newest = newest_day()
        if newest is None:
            self.template_name = "papers/welcome.html"
            return super().get_context_data(**kwargs)
        before, after = around(newest)
        return super().get_context_data(
            **self.context_of(newest),
            recent_days=before[-RECENT_DAYS:][::-1],
            failed_days=after[-RECENT_DAYS:][::-1],
            import_failed=self._import_failed(),
            is_stale=calendars.announced_between(newest, timezone.localdate()) > LATE_AFTER,
            **kwargs,
        )

    def _import_failed(self) -> bool:
        last = ImportRun.objects.first()
        return last is not None and last.state == ImportRun.State.FAILED


class Calendar(Page):
    """A calendar of the newest two years with digests, or of the year in ``?year=``."""

    template_name = "papers/calendar.html"
    parameters = of_page("year")

    def get_context_data(self, **kwargs) -> dict:
        years = sorted({day.year for day in days_of_the_archive()}, reverse=True)
        asked = self.request.GET.get("year", "")
        year = int(asked) if _YEAR.fullmatch(asked) and int(asked) in years else None
        problems = [NotUnderstood("year", asked[:80], _("no such year"))]
        return super().get_context_data(
            years=years,
            year=year,
            months=self._months(year),
            not_understood=problems if asked and year is None else [],
            **kwargs,
        )

    def _months(self, year: int | None) -> list[calendars.Month]:
        span = archive_span()
        if span is None:
            return []
        first = datetime.date(year or span.last.year - CALENDAR_MONTHS // 12 + 1, 1, 1)
        last = datetime.date(year or span.last.year, 12, 31)
        limits = shades_until(min(last, span.last))
        return calendars.months_of(counts_by_day(first, last), span, limits)


class DayDetail(DayPage):
    """One day: the titles of all its papers, by topic.

    A day without digests between two days of the archive has a page that says so. With
    ``abstracts=shown`` each paper is a card with its abstract, to be printed.
    """

    parameters = of_page("abstracts")

    def get_context_data(self, **kwargs) -> dict:
        asked = self.request.GET.get("abstracts", "")
        self.shows_abstracts = asked == "shown"
        problems = [NotUnderstood("abstracts", asked[:80], _("shown, or leave it out"))]
        context = self.context_of(kwargs["day"])
        is_missing = not (context["sections"] or context["empty_topics"])
        if is_missing:
            self.template_name = "papers/day_missing.html"
        if is_missing and not (context["previous_day"] and context["next_day"]):
            raise Http404("Not a day of the archive.")
        return super().get_context_data(
            announced=calendars.is_announced(kwargs["day"]),
            not_understood=problems if asked and not self.shows_abstracts else [],
            **(kwargs | context),
        )


class DigestDetail(Page):
    """One digest.

    ``?source=`` selects the publisher if several have a digest on this topic and day.
    """

    template_name = "papers/digest.html"
    parameters = of_page("source", paged=True)

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
            cards=cards_to_show(self.request, list(pages.page)).values(),
            not_understood=pages.not_understood,
            siblings=self._siblings(digest),
            **self._neighbours(digest),
            **kwargs,
        )

    def _papers(self, digest: Digest) -> QuerySet:
        """Return the ids of the digest's papers, in the digest's order."""
        places = Appearance.objects.visible().filter(digest=digest)
        return places.order_by("position").values_list("paper", flat=True)

    def _siblings(self, digest: Digest) -> list[Digest]:
        """Return the same publisher's digests of this day that contain papers."""
        siblings = Digest.objects.filter(source=digest.source_id, date=digest.date)
        return list(siblings.filter(record_count__gt=0).select_related("topic").order_by("topic"))

    def _neighbours(self, digest: Digest) -> dict[str, Digest | None]:
        """Return the same publisher's previous and next digests on this topic."""
        same = Digest.objects.filter(source=digest.source_id, topic=digest.topic_id)
        same = same.select_related("topic").order_by("date")
        return {
            "earlier": same.filter(date__lt=digest.date).last(),
            "later": same.filter(date__gt=digest.date).first(),
        }
