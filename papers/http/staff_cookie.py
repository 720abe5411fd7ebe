"""The cookie by which signed-in people are known without the database.

Anybody can make up a session's cookie, and only the database says whether there is such a session.
So whoever signs in gets a second cookie, signed with ``SECRET_KEY`` and good for this one session.
Without it a public page is that of every reader, whatever the session: it sets apart who may see
more from who is served what is kept. What they may see, their session still says.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from papers.http.address_kinds import Kind, kind_of

COOKIE = "staff"


def is_staff(request: HttpRequest) -> bool:
    """Whether the visitor shows the cookie that was given for the session that he shows."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return COOKIE in request.COOKIES and session != "" and _is_for(request, session)


class StaffCookieMiddleware:
    """Each answer of the admin gives the cookie to whoever is signed in and takes it from others.

    So it comes with signing in, goes with signing out, and comes back where it was lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if kind_of(request.path_info) is Kind.ADMIN:
            _bring_into_line(request, response)
        return response


def _bring_into_line(request: HttpRequest, response: HttpResponseBase) -> None:
    user, session = request.user, request.session.session_key
    if session and user.is_active and user.is_staff:
        if not _is_for(request, session):
            _give(response, session)
    elif COOKIE in request.COOKIES:
        response.delete_cookie(
            COOKIE,
            path=settings.SESSION_COOKIE_PATH,
            domain=settings.SESSION_COOKIE_DOMAIN,
            samesite="Lax",
        )


def _give(response: HttpResponseBase, session: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        "1",
        salt=session,  # nothing of the session stands in the cookie
        max_age=settings.SESSION_COOKIE_AGE,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_for(request: HttpRequest, session: str) -> bool:
    """Whether the cookie was signed for this session, and not longer ago than one lasts."""
    age = settings.SESSION_COOKIE_AGE
    return request.get_signed_cookie(COOKIE, None, salt=session, max_age=age) is not None
