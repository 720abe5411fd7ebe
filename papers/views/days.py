"""The archive by day: the front page, the calendar, a day, one digest."""

import datetime
import re
from itertools import chain

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from papers.http.parameters import of_page
from papers.lists.appearances import on_front
from papers.lists.filters import NotUnderstood
from papers.lists.pages import paged
from papers.models import Appearance, Digest, ImportRun, Paper
from papers.presentation import calendars
from papers.presentation.archive import (
    Section,
    archive_span,
    around,
    counts_by_day,
    days_of_the_archive,
    month_around,
    neighbours,
    sections_of,
)
from papers.presentation.card_cache import cards_to_show, kept_rows
from papers.views.page import Page

FEATURED_CARDS = 5
CARDS_A_TOPIC = 4
RECENT_DAYS = 10
CALENDAR_MONTHS = 24
LATE_AFTER = 1  # weekdays without a digest; a publisher in another time zone may not be done yet
_YEAR = re.compile(r"[12][0-9]{3}")


class DayPage(Page):
    """Base class for the pages of one day."""

    def context_of(self, day: datetime.date) -> dict:
        sections, empty_topics = sections_of(day)
        return {
            "day": day,
            "sections": sections,
            "empty_topics": empty_topics,
            "paper_count": sum(len(section.papers) for section in sections),
            "month": month_around(day, archive_span()),
            **neighbours(day),
        }


class Front(DayPage):
    """The front page: the newest day with papers."""

    template_name = "papers/front.html"

    def get_context_data(self, **kwargs) -> dict:
        with_papers = Digest.objects.filter(record_count__gt=0, held=False).order_by("-date")
        newest = with_papers.values_list("date", flat=True).first()
        if newest is None:
            return super().get_context_data(day=None, **kwargs)
        context = self.context_of(newest)
        before, after = around(newest)
        return super().get_context_data(
            **context,
            **self._cards(newest, context["sections"]),
            recent_days=before[-RECENT_DAYS:][::-1],
            failed_days=after[-RECENT_DAYS:][::-1],
            import_failed=self._import_failed(),
            is_stale=calendars.announced_between(newest, timezone.localdate()) > LATE_AFTER,
            **kwargs,
        )

    def _import_failed(self) -> bool:
        last = ImportRun.objects.first()
        return last is not None and last.state == ImportRun.State.FAILED

    def _cards(self, day: datetime.date, sections: list[Section]) -> dict:
        """Return the cards of the featured papers and of the first few of each topic.

        Each paper has one card at most.
        """
        papers = on_front(Paper.objects.published(), day)
        featured = list(papers.values_list("pk", flat=True)[:FEATURED_CARDS])
        chosen = [
            [pk for pk in section.papers if pk not in featured][:CARDS_A_TOPIC]
            for section in sections
        ]
        cards = cards_to_show(self.request, [*featured, *chain(*chosen)], level=3)
        return {
            "featured": [cards[pk] for pk in featured if pk in cards],
            "topic_cards": [
                (section, [cards[pk] for pk in few if pk in cards])
                for section, few in zip(sections, chosen, strict=True)
            ],
        }


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
        return calendars.months_of(counts_by_day(first, last), span)


class DayDetail(DayPage):
    """One day: the titles of all its papers, by topic.

    A day without digests between two days of the archive has a page that says so.
    """

    def get_context_data(self, **kwargs) -> dict:
        context = self.context_of(kwargs["day"])
        is_missing = not (context["sections"] or context["empty_topics"])
        self.template_name = "papers/day_missing.html" if is_missing else "papers/day.html"
        if is_missing and not (context["previous_day"] and context["next_day"]):
            raise Http404("Not a day of the archive.")
        return super().get_context_data(
            announced=calendars.is_announced(kwargs["day"]),
            section_rows=self._rows(context["sections"]),
            **(kwargs | context),
        )

    def _rows(self, sections: list[Section]) -> list[tuple[Section, list[SafeString]]]:
        """Return each section with the rendered rows of its papers."""
        ids = list(chain.from_iterable(section.papers for section in sections))
        rows = kept_rows(ids, self.request.reading.chosen)
        return [(one, [rows[pk] for pk in one.papers if pk in rows]) for one in sections]


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
