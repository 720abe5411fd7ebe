"""The cache of written feed entries. An entry is the same in every feed of a language."""

from collections.abc import Sequence

from papers.feeds.entries import entry_of
from papers.feeds.formats import FEED_FORMATS
from papers.feeds.window import Row
from papers.lists.topics import topics_by_slug
from papers.models import Paper
from papers.presentation.fragment_cache import FragmentCache
from papers.text.bilingual import Reading

_entries = FragmentCache[str](size=2_000)  # about 3 kB each


def kept_entries(rows: Sequence[Row], form: str, reading: Reading) -> list[str]:
    """Return the written entries of the published papers among these, in this order."""
    topics, write = topics_by_slug(), FEED_FORMATS[form].write_entry

    def made(paper: Paper) -> str:
        return write(entry_of(paper, reading, topics))

    papers = [(row.pk, row.arxiv_id, row.modified) for row in rows]
    return list(_entries.of(papers, (form, reading), made).values())
