"""The card of the topic or author that a query names exactly."""

from dataclasses import dataclass

from papers.lists import counts
from papers.lists.named import named_by
from papers.models import Topic
from papers.presentation.charts import Chart, recent
from papers.presentation.formatting import interface_language
from papers.search import Query
from papers.text.bilingual import BOTH, Bilingual, Shown


@dataclass(frozen=True)
class NamedCard:
    """A topic or author: names in the reader's order, address, number of papers, their weeks."""

    is_topic: bool
    names: list[Shown]
    address: str
    paper_count: int
    chart: Chart | None = None


def named_card(query: Query) -> NamedCard | None:
    """Return the card of what the query names exactly; None if it names nothing."""
    found = named_by(query)
    if found is None:
        return None
    address, number = found.get_absolute_url(), found.paper_count
    if isinstance(found, Topic):
        return NamedCard(True, _in_order(found.name), address, number, topic_chart(found))
    return NamedCard(False, Bilingual(found.name).shown("en"), address, number)


def topic_chart(topic: Topic) -> Chart | None:
    """Return the chart of a topic's papers by week."""
    return recent(counts.daily(topic.pk))


def _in_order(name: Bilingual) -> list[Shown]:
    """Return both names, that in the interface language first."""
    return sorted(name.shown(BOTH), key=lambda one: one.language != interface_language())
