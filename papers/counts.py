"""How many published papers an author or a topic has, kept with it so that lists need not count."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from papers.db.bulk import chunks
from papers.models import Author, Authorship, PaperTopic, Topic


def recount_authors(ids: Iterable[int]) -> None:
    links = Authorship.objects.filter(author=OuterRef("pk"), paper__hidden=False)
    for chunk in chunks(ids):
        _recount(Author.objects.filter(pk__in=chunk), links, "author")


def recount_topics(ids: Iterable[int]) -> None:
    links = PaperTopic.objects.filter(topic=OuterRef("pk"), paper__hidden=False)
    for chunk in chunks(ids):
        _recount(Topic.objects.filter(pk__in=chunk), links, "topic")


def _recount(rows: QuerySet, links: QuerySet, owner: str) -> None:
    numbers = links.order_by().values(owner).annotate(number=Count("paper", distinct=True))
    rows.update(paper_count=Coalesce(Subquery(numbers.values("number")), 0))
