"""The feed of the archive by day: one entry per day with the titles of all its papers."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.db.models import Count, Max
from django.urls import reverse

from papers.feeds.entries import Entry, at_midnight, joined, tag, updated_at
from papers.http.links import absolute
from papers.lists.topics import topics_by_id
from papers.models import Appearance, Digest, Topic
from papers.text import dates
from papers.text.bilingual import Bilingual, Reading
from papers.text.sanitize import clean

DAYS = 7
MAX_TITLES = 7_000
"""Number of titles in all days of the feed together; further papers are only counted."""


@dataclass(frozen=True)
class DayRow:
    """A day with digests: the number of its published papers, and the time of its last change."""

    day: datetime.date
    papers: int
    modified: datetime.datetime


def newest_days(before: datetime.date | None) -> tuple[list[DayRow], datetime.date | None]:
    """Return the newest days before this one, and the ``before`` of the next page or None."""
    digests = Digest.objects.filter(date__lt=before) if before else Digest.objects.all()
    days = digests.order_by("-date").values("date").annotate(imported=Max("imported"))
    imported = dict(days.values_list("date", "imported")[: DAYS + 1])
    shown = list(imported)[:DAYS]
    places = Appearance.objects.visible().filter(digest__date__in=shown)
    known = {
        day: (papers, modified)
        for day, papers, modified in places.order_by()
        .values("digest__date")
        .annotate(papers=Count("paper", distinct=True), modified=Max("paper__modified"))
        .values_list("digest__date", "papers", "modified")
    }
    rows = []
    for day in shown:
        papers, modified = known.get(day, (0, imported[day]))
        rows.append(DayRow(day, papers, max(modified, imported[day])))
    return rows, shown[-1] if len(imported) > DAYS else None


def day_entries(rows: list[DayRow], reading: Reading) -> list[Entry]:
    """Return one feed entry for each of these days."""
    titles = _titles([row.day for row in rows])
    return [_entry(row, titles.get(row.day, {}), reading) for row in rows]


def _titles(days: Iterable[datetime.date]) -> dict[datetime.date, dict[Topic, dict]]:
    """Return the titles of these days by topic, themes before categories, each paper once a day."""
    topics = topics_by_id()
    listed: dict[datetime.date, dict[Topic, dict]] = defaultdict(dict)
    seen: set[tuple[datetime.date, str]] = set()
    places = Appearance.objects.visible().filter(digest__date__in=days)
    rows = places.order_by(
        "-digest__date", "-digest__topic__kind", "digest__topic__slug", "digest", "position"
    ).values_list(
        *("digest__date", "digest__topic", "paper__arxiv_id", "paper__title_en", "paper__title_zh")
    )[:MAX_TITLES]
    for day, topic, arxiv_id, title_en, title_zh in rows:
        if (day, arxiv_id) in seen:
            continue
        seen.add((day, arxiv_id))
        listed[day].setdefault(topics[topic], {})[arxiv_id] = Bilingual(title_en, title_zh)
    return listed


def _in_full(day: datetime.date) -> Bilingual:
    """Return ``Wednesday, 29 January 2025`` and ``2025年1月29日 星期三``."""
    english, chinese = dates.day_in_english(day), dates.day_in_chinese(day)
    return Bilingual(", ".join(english), " ".join(reversed(chinese)))


def _entry(row: DayRow, by_topic: dict[Topic, dict], reading: Reading) -> Entry:
    long = _in_full(row.day)
    papers = "1 paper" if row.papers == 1 else f"{row.papers} papers"
    counted = Bilingual(f"{long.en}: {papers}", f"{long.zh}：{row.papers} 篇论文")
    return Entry(
        id=tag(f"days/{row.day}"),
        link=absolute(reverse("day", args=[row.day])),
        title=joined(counted, reading.title),
        html="\n".join(_section(topic, papers, reading) for topic, papers in by_topic.items()),
        published=at_midnight(row.day),
        updated=updated_at(row.modified, row.day.toordinal()),
    )


def _section(topic: Topic, papers: dict[str, Bilingual], reading: Reading) -> str:
    items = "\n".join(
        f'<li><a href="{absolute(reverse("paper", args=[arxiv_id]))}">'
        f"{escape(clean(joined(title, reading.title)), quote=False)}</a></li>"
        for arxiv_id, title in papers.items()
    )
    return (
        f"<h3>{escape(joined(topic.name, reading.title), quote=False)}</h3>\n<ul>\n{items}\n</ul>"
    )
