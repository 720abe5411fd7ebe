"""Kinds of visitors: anonymous readers, signed-in staff, curators."""

from django.http import HttpRequest

from papers.http.address_kinds import FOR_PROGRAMS, PRIVATE, Kind, kind_of
from papers.http.staff_cookie import is_staff


def is_for_readers(request: HttpRequest) -> bool:
    """Return whether a public page is read, by any visitor."""
    return request.method in ("GET", "HEAD") and kind_of(request.path_info) not in PRIVATE


def is_anonymous(request: HttpRequest) -> bool:
    """Return whether the response can be the same for all visitors: a public page, not by staff."""
    return is_for_readers(request) and not is_staff(request)


def is_curator(request: HttpRequest) -> bool:
    """Return whether the visitor may change papers.

    Costs no query for other visitors, whose pages are the same for all.
    """
    if not is_staff(request):
        return False
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("papers.change_paper")


def opened_by_a_person(request: HttpRequest) -> bool:
    """Return whether a browser opens this feed as a page.

    Browsers apply a feed's style sheet only if it is served as plain XML; with the media type of
    feeds they show the source.
    """
    return is_feed(request) and request.headers.get("Sec-Fetch-Dest") == "document"


def is_feed(request: HttpRequest) -> bool:
    """Return whether the address is a feed."""
    return kind_of(request.path_info) is Kind.FEED


def depends_on_reader(request: HttpRequest) -> bool:
    """Return whether the response at this address depends on the reader's languages."""
    return kind_of(request.path_info) not in FOR_PROGRAMS
