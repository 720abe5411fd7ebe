"""Who asks: a reader like any other, somebody signed in, a curator."""

from django.http import HttpRequest

from papers.http.address_kinds import FOR_PROGRAMS, PRIVATE, Kind, kind_of
from papers.http.staff_cookie import is_staff


def is_for_readers(request: HttpRequest) -> bool:
    """Whether a public page is read, by whomever."""
    return request.method in ("GET", "HEAD") and kind_of(request.path_info) not in PRIVATE


def is_anonymous(request: HttpRequest) -> bool:
    """Whether the answer may be the same for everybody: something is read, by nobody known."""
    return is_for_readers(request) and not is_staff(request)


def is_curator(request: HttpRequest) -> bool:
    """Whether this visitor may decide on papers. Of strangers nothing is asked, so that readers'
    pages stay the same for everybody and cost no query."""
    if not is_staff(request):
        return False
    user = request.user
    return user.is_active and user.is_staff and user.has_perm("papers.change_paper")


def opened_by_a_person(request: HttpRequest) -> bool:
    """Whether a browser opens this feed as a page. It shows a feed with its style sheet only where
    it is called plain XML; by the name of its own it shows the source."""
    return is_feed(request) and request.headers.get("Sec-Fetch-Dest") == "document"


def is_feed(request: HttpRequest) -> bool:
    return kind_of(request.path_info) is Kind.FEED


def depends_on_reader(request: HttpRequest) -> bool:
    """Whether this address answers in the languages that the reader prefers."""
    return kind_of(request.path_info) not in FOR_PROGRAMS
