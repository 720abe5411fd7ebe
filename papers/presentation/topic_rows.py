"""Topics as their page lists them: today's papers, the last days, in the reader's order."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from papers.lists import counts
from papers.models import Topic
from papers.presentation.charts import DAY, SPARK_DAYS, Sparkline, daily_sparkline
from papers.presentation.formatting import interface_language
from papers.text.bilingual import ZH, Shown
from papers.text.pinyin import pinyin_order


@dataclass(frozen=True)
class TopicRow:
    """A topic, its name in the interface language, and how many papers its newest day has."""

    topic: Topic
    name: Shown
    today: int
    spark: Sparkline


def topic_rows(topics: Iterable[Topic], newest: datetime.date) -> list[TopicRow]:
    """Return the rows of these topics: in the curators' order, then from A to Z.

    ``newest`` is the newest day with papers.
    """
    return sorted((_row(topic, newest) for topic in topics), key=_order)


def _row(topic: Topic, newest: datetime.date) -> TopicRow:
    days = counts.daily(topic.pk).by_day(newest - (SPARK_DAYS - 1) * DAY, newest)
    name = topic.name.shown(interface_language())[0]
    return TopicRow(topic, name, days.get(newest, 0), daily_sparkline(days, newest))


def _order(row: TopicRow) -> tuple:
    name = row.name.text
    return row.topic.order, pinyin_order(name) if row.name.language == ZH else ("", name.lower())
