"""Signed cookie that marks staff users without a database query.

Anyone can invent a session cookie, and only the database can check it. So staff users get a second
cookie when they sign in, signed with ``SECRET_KEY`` and bound to that session. Without it a public
page is the cached page for all readers. It only decides whether the cache is used; permissions
still come from the session.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from papers.http.address_kinds import Kind, kind_of

COOKIE = "staff"


def is_staff(request: HttpRequest) -> bool:
    """Return whether the request has the staff cookie of its own session."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return COOKIE in request.COOKIES and session != "" and _is_for(request, session)


class StaffCookieMiddleware:
    """Set the cookie for signed-in staff, and delete it for others, on each response of the admin.

    The cookie therefore appears at sign-in, goes at sign-out, and is restored if it was lost.
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
        salt=session,  # the cookie does not contain the session key
        max_age=settings.SESSION_COOKIE_AGE,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_for(request: HttpRequest, session: str) -> bool:
    """Return whether the cookie was signed for this session and has not expired."""
    age = settings.SESSION_COOKIE_AGE
    return request.get_signed_cookie(COOKIE, None, salt=session, max_age=age) is not None
