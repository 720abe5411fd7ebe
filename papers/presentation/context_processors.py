"""Template variables of every page."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from digest_site import VERSION
from papers.db.version_cache import cached_per_version
from papers.http.language import ReadingRequest
from papers.http.visitors import is_curator
from papers.models import Source
from papers.presentation.formatting import interface_language
from papers.text.bilingual import HTML_LANG

SAMPLE_SOURCE = "duizhao-sample"


def site(request: ReadingRequest) -> dict:
    """Return what the site is, the reader's language, and whether this is a curator."""
    return {
        "reading": SimpleLazyObject(lambda: request.reading.chosen),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "version": VERSION,
        "curator": SimpleLazyObject(lambda: is_curator(request)),
        "interface_lang": HTML_LANG[interface_language()],
        "sample_source": sample_source,  # called where it is used
    }


@cached_per_version(size=2)
def sample_source() -> Source | str:
    """Return the source of the sample data, or an empty string if it is not loaded."""
    return Source.objects.filter(name=SAMPLE_SOURCE).first() or ""
