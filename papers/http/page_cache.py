"""Public pages kept ready, and answers that nothing has changed (304).

A page depends on its address, the reader's languages, the day, the code and the data. All of them
are in its key, and the key's hash is its validator, so an answer is either right or not found:
nothing ever has to be thrown away. Signed-in people neither fill it nor read from it.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from typing import cast

import brotli
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import get_language_from_request

from papers.db import data_version
from papers.db.availability import last_known_version
from papers.db.replicas import drop_dead_replica, reading_from, using_replica_at
from papers.http.code_version import release
from papers.http.compression import accepted
from papers.http.language import RequestReading
from papers.http.outages import time_limited, unavailable
from papers.http.visitors import (
    depends_on_reader,
    is_anonymous,
    is_feed,
    is_for_readers,
    opened_by_a_person,
)

PAGE_TTL = 24 * 60 * 60  # seconds; unused pages go earlier, when the cache is full
LARGEST = 512 * 1024  # bytes of a page that is kept
LONG = 128 * 1024  # bytes; what is longer is kept compressed
PLAIN, PACKED = b"=", b"b"
# Browsers ask each time and mostly get a 304; a cache in front may be a minute late.
PAGES_LIVE = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
FEEDS_LIVE = "public, max-age=300, s-maxage=60, stale-while-revalidate=600"
# A Last-Modified has whole seconds, so a version this young may not be the last one of its second.
SETTLED = datetime.timedelta(seconds=2)

CachedResponse = tuple[dict[str, str], bytes]


class PageCacheMiddleware:
    """Stands before everything that reads the database, but behind what sets security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_anonymous(request):
            return self._for_somebody(request)
        try:
            version = last_known_version()
        except DatabaseError as error:
            return unavailable(error)
        key = key_of(request, version)
        if key in request.headers.get("If-None-Match", ""):
            return _not_modified(_validated(HttpResponse(), request, key, version))
        if kept := cache.get(key):
            return _by_date(request, _answer(kept))
        response = self._made(request, version)
        if not is_public(response):
            return response
        _validated(response, request, key, version)
        if isinstance(response, HttpResponse):
            content = _packed(response.content)
            if len(content) <= LARGEST:
                cache.set(key, (dict(response.headers), content), PAGE_TTL)
        return response

    def _made(self, request: HttpRequest, version: data_version.Version) -> HttpResponseBase:
        """The page, made now; a replica that dies over it is no outage while another lives."""
        response = self._made_once(request, version)
        if response.status_code == 503 and drop_dead_replica():
            return self._made_once(request, version)
        return response

    def _made_once(self, request: HttpRequest, version: data_version.Version) -> HttpResponseBase:
        try:
            with (
                data_version.using_version(version),
                using_replica_at(version) as alias,
                time_limited(alias),
            ):
                response = self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return unavailable(error)
        if isinstance(response, StreamingHttpResponse):
            content = cast(Iterator[bytes], response.streaming_content)
            response.streaming_content = _going_on(content, version, alias)
        return response

    def _for_somebody(self, request: HttpRequest) -> HttpResponseBase:
        try:
            response = self._limited(request)
        except (OperationalError, InterfaceError) as error:
            return unavailable(error)
        return _private(response)

    def _limited(self, request: HttpRequest) -> HttpResponseBase:
        """A public page takes no longer for whoever has signed in."""
        if not is_for_readers(request):
            return self.get_response(request)
        with time_limited(DEFAULT_DB_ALIAS):
            return self.get_response(request)


def _going_on(
    content: Iterator[bytes], version: data_version.Version, alias: str
) -> Iterator[bytes]:
    """What is sent piece by piece is read later, and from the database where it began."""
    with data_version.using_version(version), reading_from(alias):
        yield from content


def is_public(response: HttpResponseBase) -> bool:
    """Whether the answer may be kept; a view says ``never_cache`` where it may not."""
    said = response.headers.get("Cache-Control", "")
    private = "no-store" in said or "private" in said
    return response.status_code == 200 and not response.cookies and not private


def key_of(request: HttpRequest, version: data_version.Version) -> str:
    """32 hex digits for all that the answer depends on."""
    parts = [
        request.get_full_path_info(),  # what was asked for, without a prefix
        accepted(request),
        timezone.localdate().isoformat(),
        release(),
        version.token,
        "opened" if opened_by_a_person(request) else "",
    ]
    if depends_on_reader(request):
        parts += [RequestReading(request).chosen.code, get_language_from_request(request)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _validated(
    response: HttpResponseBase, request: HttpRequest, key: str, version: data_version.Version
) -> HttpResponseBase:
    """The answer with its validators, and with how long others may keep it."""
    response.headers["ETag"] = f'W/"{key}"'
    on_reader = depends_on_reader(request)
    if not on_reader and timezone.now() - version.at > SETTLED:
        response.headers["Last-Modified"] = http_date(version.at.timestamp())
    response.headers.setdefault("Cache-Control", PAGES_LIVE if on_reader else FEEDS_LIVE)
    patch_vary_headers(response, ("Accept-Encoding",))
    if is_feed(request):
        patch_vary_headers(response, ("Sec-Fetch-Dest",))
    if on_reader:
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _not_modified(validated: HttpResponseBase) -> HttpResponse:
    answer = HttpResponseNotModified()
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        if name in validated.headers:
            answer.headers[name] = validated.headers[name]
    return answer


def _by_date(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The kept answer, or 304 where the client has it by its date.

    A date says that the client has something, and not what. So it counts only where the address
    says all (pages for people, in several languages, have no date), and where the answer was made
    before, since nobody has what was not.
    """
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    by_date = since is not None and changed is not None and changed <= since
    if by_date and "If-None-Match" not in request.headers:
        return _not_modified(response)
    return response


def _answer(kept: CachedResponse) -> HttpResponse:
    headers, content = kept
    return HttpResponse(_unpacked(content), headers=headers)


def _packed(content: bytes) -> bytes:
    """The content as it is kept; a long feed that no client asked to be compressed is, lest a
    few of them fill the cache. Brotli's lowest quality takes a third of zlib's time."""
    if len(content) < LONG:
        return PLAIN + content
    return PACKED + brotli.compress(content, quality=0)


def _unpacked(kept: bytes) -> bytes:
    return brotli.decompress(kept[1:]) if kept[:1] == PACKED else kept[1:]


def _private(response: HttpResponseBase) -> HttpResponseBase:
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response
