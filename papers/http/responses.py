"""Responses for programs: CORS, plain-text refusals and JSON problem documents.

Validators, compression and cache lifetimes are set by the middleware.
"""

from typing import TypeVar

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)

PROBLEM = "application/problem+json"
TITLES = {
    400: "Invalid request",
    404: "Not found",
    405: "Method not allowed",
    413: "Too large",
    429: "Too many requests",
}


def opened(answer: ResponseT) -> ResponseT:
    """Allow scripts of other sites to read the response (CORS)."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def refusal(reason: Exception) -> HttpResponse:
    """Return a 400 response with the reason as plain text."""
    return opened(HttpResponse(f"{reason}\n", status=400, content_type="text/plain; charset=utf-8"))


def problem(status: int, detail: str) -> JsonResponse:
    """Return an API error as a problem document, RFC 9457."""
    said = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    return opened(JsonResponse(said, status=status, content_type=PROBLEM))
