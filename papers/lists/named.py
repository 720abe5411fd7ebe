"""The topic, author or term whose name a query is, exactly."""

from papers.db.bulk import select_rows
from papers.db.version_cache import cached_per_version
from papers.glossary import Entry, current_glossary
from papers.glossary.tokens import has_han
from papers.lists.author_keys import current_keys
from papers.lists.topics import topics_by_id, topics_by_slug
from papers.models import Author, Topic
from papers.search import Query
from papers.text.author_names import author_key
from papers.text.folding import fold

_NAME_FIELDS = {"", "authors"}


def named_by(query: Query) -> Topic | Author | None:
    """Return the topic or author that the query names and that has papers; None without one."""
    name = _name(query)
    return (topic_named(name) or _author(name)) if name else None


def term_named(query: Query) -> Entry | None:
    """Return the term of the glossary that the query names exactly; None without one."""
    name, glossary = _name(query), current_glossary()
    if not name:
        return None
    key = glossary.shown_english_of(name) if has_han(name) else name
    return glossary.entry(key) if key else None


def _name(query: Query) -> str:
    """Return the words of a query that has nothing but words; else an empty string."""
    if query.unwanted or query.topics or query.unwanted_topics or query.days or query.zh:
        return ""
    if any(len(group) > 1 or group[0].field not in _NAME_FIELDS for group in query.groups):
        return ""
    return " ".join(query.texts())


def topic_named(name: str) -> Topic | None:
    """Return the topic with this name that has papers; None without one."""
    return _topics_by_name().get(fold(name))


@cached_per_version(size=1)
def _topics_by_name() -> dict[str, Topic]:
    """Return the topics that have papers by folded name; of a merged topic its successor."""
    known = topics_by_id()
    named: dict[str, Topic] = {}
    for topic in topics_by_slug().values():
        current = known.get(topic.merged_into_id or 0, topic)
        names = (topic.slug, topic.code, topic.name_en, topic.name_zh)
        if current.paper_count:
            named |= {fold(name): current for name in names if name}
    return named


def _author(name: str) -> Author | None:
    key = author_key(name)
    key = current_keys([key]).get(key, key)
    if not select_rows(Author, ("id",), where="key", values=[key]):  # as for most queries
        return None
    return Author.objects.published().filter(key=key).first()
