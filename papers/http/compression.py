"""Compress responses: brotli for public ones if the client accepts it, otherwise gzip."""

import re

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from papers.http.visitors import is_anonymous

OURS = ("br", "gzip")
SMALLEST = 200  # bytes; smaller responses are not compressed
QUALITY = 5  # about as fast as gzip, and a fifth smaller

_NO_WEIGHT = re.compile(r"q\s*=\s*0?(?:\.0*)?")


def encodings(accept_encoding: str) -> list[str]:
    """Return our encodings that an Accept-Encoding allows, best first; ``gzip;q=0`` forbids one."""
    taken = {name for part in accept_encoding.split(",") if (name := _taken(part))}
    return [name for name in OURS if name in taken]


def _taken(part: str) -> str:
    """Return the name of an encoding, empty if its weight is zero (RFC 9110, 12.4.2)."""
    name, *parameters = (one.strip().lower() for one in part.split(";"))
    return "" if any(_NO_WEIGHT.fullmatch(one) for one in parameters) else name


def accepted(request: HttpRequest) -> str:
    """Return the encoding for the response to this request: ``br``, ``gzip`` or an empty string."""
    return next(iter(encodings(request.headers.get("Accept-Encoding", ""))), "")


class CompressionMiddleware(GZipMiddleware):
    """Django's gzip, which protects against BREACH attacks, and brotli for public responses."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if isinstance(response, HttpResponse) and _may_be_brotli(request, response):
            patch_vary_headers(response, ("Accept-Encoding",))
            response.content = brotli.compress(response.content, brotli.MODE_TEXT, QUALITY)
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["Content-Encoding"] = "br"
            return response
        return super().process_response(request, response)


def _may_be_brotli(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        accepted(request) == "br"
        and is_anonymous(request)
        and not response.has_header("Content-Encoding")
        and len(response.content) >= SMALLEST
    )
