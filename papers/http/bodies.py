"""Limit request bodies: small forms are read, of staff larger ones and files, and nothing else.

A refused body is not read, so it costs neither time nor disk space.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from digest_site.arrival import SMALL_BODY
from papers.digests.limits import LARGEST_FILE
from papers.http.address_kinds import TAKES_FORMS, Kind, kind_of

MAX_BODY = 2**20  # bytes of a form
UPLOAD = "/admin/papers/upload/add/"
MAX_OF_AN_UPLOAD = LARGEST_FILE + MAX_BODY  # a file slightly over the limit is refused by its form

TOO_MUCH = (413, "The request is too large for this site.", "内容过大，本站不接收。")
UNKNOWN = (403, "Sign in to send a request of this size.", "请先登录，再提交如此大的内容。")
LATE = (408, "The form did not arrive in time.", "表单未能在规定时间内送达。")


class BodyMiddleware:
    """Refuse large bodies. Place it after authentication and before anything that reads a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = _declared(request)
        if length > (MAX_OF_AN_UPLOAD if request.path_info == UPLOAD else MAX_BODY):
            return _refusal(*TOO_MUCH)
        kind = kind_of(request.path_info)
        if kind not in TAKES_FORMS:
            request.POST = QueryDict()  # code that reads POST finds an empty form
        elif length > SMALL_BODY and not (kind is Kind.ADMIN and _is_staff(request)):
            return _refusal(*UNKNOWN)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _refusal(*LATE) if isinstance(error, UnreadablePostError) else None


def _declared(request: HttpRequest) -> int:
    """Return the Content-Length in bytes; 0 for a chunked body, which is never read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_active and request.user.is_staff


def _refusal(status: int, in_english: str, in_chinese: str) -> HttpResponse:
    answer = HttpResponse(
        f"{in_english}\n{in_chinese}\n", status=status, content_type="text/plain; charset=utf-8"
    )
    add_never_cache_headers(answer)
    return answer
