"""Who asks: a reader like any other, or somebody known to the site."""

from django.conf import settings
from django.http import HttpRequest

NOT_FOR_READERS = ("/admin/", "/healthz", "/readyz", "/language")


def is_anonymous(request: HttpRequest) -> bool:
    """Whether the answer may be the same for everybody: something is read, by nobody known."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(NOT_FOR_READERS)
    )
