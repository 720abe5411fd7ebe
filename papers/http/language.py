"""The reading language of a request: its address, else a cookie, else the browser."""

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation.trans_real import parse_accept_lang_header

from papers.text.bilingual import DEFAULT, EN, Reading

COOKIE = "lang"


class RequestReading:
    """The reading language of one request, found when it is first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def asked(self) -> str:
        """What the address says, understood or not; empty where it says nothing."""
        return self._request.GET.get("lang", "")

    @cached_property
    def from_address(self) -> Reading | None:
        return Reading.parse(self.asked) if self.asked else None

    @cached_property
    def chosen(self) -> Reading:
        """The address, else the cookie, else the browser's preference."""
        return (
            self.from_address
            or Reading.parse(self._request.COOKIES.get(COOKIE, ""))
            or preferred(self._request.headers.get("Accept-Language", ""))
        )


class ReadingRequest(HttpRequest):
    """A request as ``papers.http.middleware`` hands it on."""

    reading: RequestReading


def preferred(accept_language: str) -> Reading:
    """Both languages for a browser that prefers Chinese to English, else English."""
    for language, quality in parse_accept_lang_header(accept_language):
        if not quality:
            continue  # "not this one"
        if language.startswith("zh"):
            return DEFAULT
        if language.startswith("en"):
            break
    return Reading(EN, EN)
