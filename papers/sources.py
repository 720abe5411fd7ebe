"""All sources, kept in this process: there are a handful, and every paper names some."""

from papers.db.version_cache import kept_with_the_data
from papers.models import Source


@kept_with_the_data(size=2)
def sources_by_id() -> dict[int, Source]:
    return Source.objects.in_bulk()
