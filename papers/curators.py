"""Whether a visitor of the public pages is a curator, who sees more than readers do."""

from django.conf import settings
from django.http import HttpRequest


def is_curator(request: HttpRequest) -> bool:
    """Whether this visitor may decide on papers. Without a session's cookie nothing is asked, so
    that readers' pages stay the same for everybody and cost no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("papers.change_paper")
