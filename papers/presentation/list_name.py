"""The name under which a reader follows a list: its topic, author or query, and its filters."""

from papers.lists.filters import PaperFilter
from papers.lists.topics import topics_by_slug
from papers.models import Author, Topic, ZhState
from papers.presentation.formatting import interface_language, short_day
from papers.text.bilingual import Bilingual


def name_of_list(filtered: PaperFilter, topic: Topic | None, author: Author | None) -> str:
    """Return the name as plain text in the interface language; empty for all papers."""
    said = filtered.active
    topics = [topics_by_slug()[slug] for slug in said.get("topic", ())]
    days = [short_day(said[name]) if name in said else "" for name in ("from", "to")]
    names = [
        *(_plain(one.name) for one in ([topic] if topic else []) + topics),
        author.name if author else "",
        _name_of(said["author"]) if "author" in said else "",
        said.get("q", ""),
        "–".join(days) if any(days) else "",
        str(ZhState(said["zh"]).label) if "zh" in said else "",
        ", ".join(said.get("id", ())),
    ]
    return " · ".join(filter(None, names))


def _name_of(key: str) -> str:
    return Author.objects.filter(key=key).values_list("name", flat=True).first() or ""


def _plain(name: Bilingual) -> str:
    return name.best(interface_language())
