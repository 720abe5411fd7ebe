"""Cache of public pages, with ETag and 304 responses.

A page depends on its address, the reader's languages, the day, the code and the data. All of these
are in its key, and the key is also its ETag. A cached page is therefore never out of date, and
nothing has to be invalidated. Signed-in users neither fill the cache nor read from it.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from enum import Enum
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

PAGE_TTL = 24 * 60 * 60  # seconds; a full cache drops unused pages earlier
LARGEST = 512 * 1024  # bytes; larger pages are not cached
LONG = 160 * 1024  # bytes, more than the front page; longer pages are stored compressed
PLAIN, PACKED = b"=", b"b"
# Browsers revalidate each time and mostly get a 304; a proxy cache may be a minute late.
PAGES_LIVE = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
FEEDS_LIVE = "public, max-age=300, s-maxage=60, stale-while-revalidate=600"
# Last-Modified has whole seconds: a later version may still appear within the same second.
MIN_AGE_TO_DATE = datetime.timedelta(seconds=2)

CachedResponse = tuple[dict[str, str], bytes]


class Kept(Enum):
    """What the cache had of a public page."""

    HIT = "hit"
    NOT_MODIFIED = "not_modified"
    """The client's own copy was still good."""
    MISS = "miss"


def kept_of(request: HttpRequest) -> Kept | None:
    """Return what the cache had for this request; None if it was not asked."""
    return request.META.get(_KEPT)


_KEPT = "duizhao.page_cache"  # in the request's environment, as WSGI names what servers add


class PageCacheMiddleware:
    """Place it before everything that reads the database, but after the security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_anonymous(request):
            return self._uncached(request)
        try:
            version = last_known_version()
        except DatabaseError as error:
            return unavailable(error)
        key = key_of(request, version)
        if key in request.headers.get("If-None-Match", ""):
            request.META[_KEPT] = Kept.NOT_MODIFIED
            return _not_modified(_validated(HttpResponse(), request, key, version))
        if kept := cache.get(key):
            request.META[_KEPT] = Kept.HIT
            return _by_date(request, _answer(kept))
        request.META[_KEPT] = Kept.MISS
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
        """Render the page; if the replica in use has died, render it once more from another one."""
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

    def _uncached(self, request: HttpRequest) -> HttpResponseBase:
        try:
            response = self._limited(request)
        except (OperationalError, InterfaceError) as error:
            return unavailable(error)
        return _private(response)

    def _limited(self, request: HttpRequest) -> HttpResponseBase:
        """Handle a request without the cache; public pages keep their time limit."""
        if not is_for_readers(request):
            return self.get_response(request)
        with time_limited(DEFAULT_DB_ALIAS):
            return self.get_response(request)


def _going_on(
    content: Iterator[bytes], version: data_version.Version, alias: str
) -> Iterator[bytes]:
    """Stream the rest of a response from the data version and database where it began."""
    with data_version.using_version(version), reading_from(alias):
        yield from content


def is_public(response: HttpResponseBase) -> bool:
    """Return whether the response may be cached; views forbid it with ``never_cache``."""
    said = response.headers.get("Cache-Control", "")
    private = "no-store" in said or "private" in said
    return response.status_code == 200 and not response.cookies and not private


def key_of(request: HttpRequest, version: data_version.Version) -> str:
    """Return the cache key, 32 hex digits, from everything that the response depends on."""
    parts = [
        request.get_full_path_info(),  # the requested path, without a prefix
        accepted(request),
        timezone.localdate().isoformat(),
        release(),
        version.token,
        "opened" if opened_by_a_person(request) else "",
    ]
    if depends_on_reader(request):
        reading = RequestReading(request)
        parts += [reading.chosen.code, reading.chosen.first, reading.interface]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _validated(
    response: HttpResponseBase, request: HttpRequest, key: str, version: data_version.Version
) -> HttpResponseBase:
    """Set the validators and Cache-Control of the response."""
    response.headers["ETag"] = f'W/"{key}"'
    on_reader = depends_on_reader(request)
    if not on_reader and timezone.now() - version.at > MIN_AGE_TO_DATE:
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
    """Return the cached response, or 304 if the client's copy is recent by its date.

    A date only tells that the client has some copy, not which one. So it counts only for addresses
    that determine the response (pages in several languages have no date), and only for a response
    that was already cached: a client cannot have one that was never made.
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
    """Return the content in the form that is stored, compressed if it is long.

    Long feeds may be stored for clients without compression; a few of them could fill the cache.
    Brotli's lowest quality takes a third of zlib's time.
    """
    if len(content) < LONG:
        return PLAIN + content
    return PACKED + brotli.compress(content, quality=0)


def _unpacked(kept: bytes) -> bytes:
    return brotli.decompress(kept[1:]) if kept[:1] == PACKED else kept[1:]


def _private(response: HttpResponseBase) -> HttpResponseBase:
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response
