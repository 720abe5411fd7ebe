"""All topics, kept in this process: there are some hundreds at most, and every page names some."""

from papers.kept import kept_with_the_data
from papers.models import Paper, Topic


@kept_with_the_data(size=2)
def topics_by_slug() -> dict[str, Topic]:
    """In the order of the shelf: themes first, each kind by slug."""
    return {topic.slug: topic for topic in Topic.objects.all()}


def topics_of(paper: Paper) -> list[Topic]:
    """The topics that a paper's card names."""
    known = topics_by_slug()
    return [known[slug] for slug in paper.card["topics"] if slug in known]
