"""Who asks: a reader like any other, somebody known to the site, a curator."""

from django.conf import settings
from django.http import HttpRequest

NOT_FOR_READERS = ("/admin/", "/language")


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


def is_curator(request: HttpRequest) -> bool:
    """Whether this visitor may decide on papers. Without a session's cookie nothing is asked, so
    that readers' pages stay the same for everybody and cost no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("papers.change_paper")
