"""Who asks: a reader like any other, or somebody known to the site."""

from django.conf import settings
from django.http import HttpRequest

NOT_FOR_READERS = ("/admin/", "/healthz", "/readyz", "/language")


def is_for_readers(request: HttpRequest) -> bool:
    """Whether a public page is read, by whomever."""
    return request.method in ("GET", "HEAD") and not request.path.startswith(NOT_FOR_READERS)


def is_anonymous(request: HttpRequest) -> bool:
    """Whether the answer may be the same for everybody: something is read, by nobody known."""
    return is_for_readers(request) and settings.SESSION_COOKIE_NAME not in request.COOKIES


def is_known(request: HttpRequest) -> bool:
    """Whether somebody has signed in; a cookie alone is no sign of it."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
