"""Every list of papers as a feed. A feed's language is in its address, never in a cookie."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from papers.digests.foreign_text import clean
from papers.filters import PaperFilter
from papers.language import DEFAULT, Bilingual, Reading
from papers.models import Author, Paper, PaperQuerySet, Topic
from papers.views.pages import SafeMethodsOnly

FORMATS: dict[str, type[Atom1Feed | Rss201rev2Feed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
ENTRIES = 50
TAG_YEAR = 2026  # the year from which the site's permanent ids are its own (RFC 4151)


class PaperFeed(SafeMethodsOnly):
    """The papers of a list with the list's own filters, newest first."""

    def get(self, request: HttpRequest, format: str, **kwargs) -> HttpResponse:
        filtered = PaperFilter(request.GET, queryset=self.get_queryset())
        reading = Reading.parse(request.GET.get("lang", DEFAULT.code))
        if reading is None or filtered.not_understood:
            return HttpResponseBadRequest(
                _refusal(filtered, request.GET.get("lang", "")),
                content_type="text/plain; charset=utf-8",
            )
        feed = self._feed(FORMATS[format], reading)
        for paper in filtered.qs[:ENTRIES]:
            _add_entry(feed, paper, reading)
        response = HttpResponse(content_type=feed.content_type)
        feed.write(response, "utf-8")
        return response

    def get_queryset(self) -> PaperQuerySet:
        return Paper.objects.published().newest_first()

    def get_title(self) -> str:
        return ""

    def _feed(
        self, format: type[Atom1Feed | Rss201rev2Feed], reading: Reading
    ) -> Atom1Feed | Rss201rev2Feed:
        request = self.request
        list_path = request.path.rpartition("feed.")[0]
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        title = self.get_title()
        return format(
            title=f"{settings.SITE_NAME} · {title}" if title else settings.SITE_NAME,
            link=f"{settings.SITE_URL}{list_path}{query}",
            description="New papers with their titles and abstracts in English and Chinese.",
            language="zh-Hans" if reading.title == "zh" else "en",
            feed_url=f"{settings.SITE_URL}{request.path}{query}",
        )


class TopicFeed(PaperFeed):
    def get_queryset(self) -> PaperQuerySet:
        return super().get_queryset().on_topics([self.kwargs["slug"]])

    def get_title(self) -> str:
        return get_object_or_404(Topic, slug=self.kwargs["slug"]).name_en


class AuthorFeed(PaperFeed):
    def get_queryset(self) -> PaperQuerySet:
        return super().get_queryset().by_author(self.kwargs["key"])

    def get_title(self) -> str:
        return get_object_or_404(Author, key=self.kwargs["key"]).name


def _refusal(filtered: PaperFilter, lang: str) -> str:
    """Which values were wrong: a silently wider list would flood a subscriber."""
    wrong = [f"{one.name}={one.value}: {one.reason}" for one in filtered.not_understood]
    if lang and Reading.parse(lang) is None:
        wrong.append(f"lang={lang[:80]}: en, zh, both or a pair such as en-zh")
    return "This feed's address has a value that is not understood. " + "; ".join(wrong) + "\n"


def _add_entry(feed: SyndicationFeed, paper: Paper, reading: Reading) -> None:
    address = f"{settings.SITE_URL}{paper.get_absolute_url()}"
    seen = datetime.datetime.combine(
        paper.first_seen, datetime.time(), timezone.get_default_timezone()
    )
    feed.add_item(
        title=_joined(paper.title, reading.title, " / "),
        link=address,
        description=_joined(paper.abstract, reading.abstract, "\n\n"),
        author_name=clean(paper.authors_text) or None,
        unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},{TAG_YEAR}:{paper.arxiv_id}",
        unique_id_is_permalink=False,
        pubdate=seen,
        updateddate=paper.modified,
        categories=paper.card["topics"],
    )


def _joined(text: Bilingual, choice: str, between: str) -> str:
    return clean(between.join(shown.plain for shown in text.shown(choice)))
