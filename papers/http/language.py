"""The reading language of a request: from the address, a cookie or the browser."""

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language_from_request
from django.utils.translation.trans_real import parse_accept_lang_header

from papers.text.bilingual import DEFAULT, EN, LANGUAGES, ZH, Reading

COOKIE = "lang"
FIRST_COOKIE = "first"


class RequestReading:
    """The reading language of one request, determined on first use."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def asked(self) -> str:
        """The ``lang`` parameter, valid or not; empty without it."""
        return self._request.GET.get("lang", "")

    @cached_property
    def interface(self) -> str:
        """The interface language, Django's code: of the cookie, or else of the browser."""
        return get_language_from_request(self._request)

    @cached_property
    def from_address(self) -> Reading | None:
        return Reading.parse(self.asked) if self.asked else None

    @cached_property
    def chosen(self) -> Reading:
        """The language of the address, or else of the cookie, or else the browser's preference."""
        reading = (
            self.from_address
            or Reading.parse(self._request.COOKIES.get(COOKIE, ""))
            or preferred(self._request.headers.get("Accept-Language", ""))
        )
        return reading.with_first(self._first)

    @property
    def _first(self) -> str:
        """The language of the cookie, or else that of the interface."""
        kept = self._request.COOKIES.get(FIRST_COOKIE, "")
        if kept in LANGUAGES:
            return kept
        return ZH if self.interface.startswith(ZH) else EN


class ReadingRequest(HttpRequest):
    """A request with ``reading``, which LanguageMiddleware sets."""

    reading: RequestReading


def preferred(accept_language: str) -> Reading:
    """Return both languages if the browser prefers Chinese to English, otherwise English."""
    for language, quality in parse_accept_lang_header(accept_language):
        if not quality:
            continue  # weight 0: not acceptable
        if language.startswith("zh"):
            return DEFAULT
        if language.startswith("en"):
            break
    return Reading(EN, EN)
