"""Papers that a curator skipped today. The session keeps them until midnight."""

from django.http import HttpRequest
from django.utils import timezone

from papers.models import Paper

_KEY = "skipped"
MAX_SKIPPED = 500


def skip(request: HttpRequest, paper: Paper) -> None:
    """Leave the paper out of today's list."""
    skipped = [*skipped_today(request), paper.pk][-MAX_SKIPPED:]
    request.session[_KEY] = [timezone.localdate().isoformat(), skipped]


def skipped_today(request: HttpRequest) -> list[int]:
    """Return the ids of the papers that were skipped today."""
    day, skipped = request.session.get(_KEY, ["", []])
    return skipped if day == timezone.localdate().isoformat() else []
