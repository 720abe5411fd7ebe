"""Who asks: a reader like any other, somebody signed in, a curator."""

from django.http import HttpRequest

from papers.http.staff_cookie import is_staff

NOT_FOR_READERS = ("/admin/", "/language")


def is_for_readers(request: HttpRequest) -> bool:
    """Whether a public page is read, by whomever."""
    return request.method in ("GET", "HEAD") and not request.path.startswith(NOT_FOR_READERS)


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
