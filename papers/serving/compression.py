"""Answers made small: brotli where the client takes it and nothing secret is in them, else gzip."""

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

from papers.serving.readers import is_anonymous

SMALLEST = 200  # bytes; less is not worth it
QUALITY = 5  # about as quick as gzip, and a fifth smaller


def accepted(request: HttpRequest) -> str:
    """``br``, ``gzip`` or nothing: what the answer to this request would be encoded as."""
    offered = request.headers.get("Accept-Encoding", "")
    if "br" in (name.strip() for name in offered.split(",")):
        return "br"
    return "gzip" if re_accepts_gzip.search(offered) else ""


class CompressionMiddleware(GZipMiddleware):
    """Django's own gzip (which hides the length of secrets), and brotli for public answers."""

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
