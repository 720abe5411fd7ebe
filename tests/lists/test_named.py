"""What a query names exactly."""

import pytest

from papers.lists.named import named_by
from papers.models import Author, Topic
from papers.search import parse_query

pytestmark = pytest.mark.usefixtures("sample")


def named(typed: str) -> Topic | Author | None:
    return named_by(parse_query(typed))


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("cs.AI", "cs-ai"),
        ("cs-ai", "cs-ai"),
        ("artificial  INTELLIGENCE", "cs-ai"),
        ("人工智能", "cs-ai"),
        ('"Retrieval-Augmented Generation"', "rag"),
    ],
)
def test_a_topic_has_several_names(typed, slug):
    assert named(typed) == Topic.objects.get(slug=slug)


@pytest.mark.parametrize("typed", ["", "artificial", "cs.AI model", "topic:rag", "rag date:2025"])
def test_a_query_that_says_more_or_less_names_nothing(typed):
    assert named(typed) is None


def test_without_published_papers_there_is_nothing_to_name():
    Topic.objects.filter(slug="rag").update(paper_count=0)
    Author.objects.filter(name="Minghe Tan").update(paper_count=0)
    assert named("Retrieval-Augmented Generation") is None
    assert named("Minghe Tan") is None


def test_it_costs_a_few_queries_however_many_authors_there_are(django_assert_max_num_queries):
    named("nothing of that kind")  # reads the topics
    # The data's version; merged names, and whether there is such an author.
    for typed, most in (("cs.AI", 1), ("Minghe Tan", 5)):
        query = parse_query(typed)
        with django_assert_max_num_queries(most):
            named_by(query)
