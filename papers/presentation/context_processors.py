"""What every page knows of the site."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from papers.db.version_cache import kept_with_the_data
from papers.http.visitors import is_curator
from papers.models import Source
from papers.text.bilingual import EN, HTML_LANG, ZH, ReadingRequest

SAMPLE_SOURCE = "duizhao-sample"


def site(request: ReadingRequest) -> dict:
    return {
        "reading": SimpleLazyObject(lambda: request.reading.chosen),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "curator": SimpleLazyObject(lambda: is_curator(request)),
        "interface_lang": HTML_LANG[interface_language()],
        "sample_source": SimpleLazyObject(sample_source),
    }


@kept_with_the_data(size=2)
def sample_source() -> Source | str:
    return Source.objects.filter(name=SAMPLE_SOURCE).first() or ""


def interface_language() -> str:
    """``en`` or ``zh``: the language of what the site itself says."""
    return ZH if (get_language() or "").startswith("zh") else EN
