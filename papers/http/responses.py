"""What all answers for programs share: open to scripts of other sites, and refusals in a sentence.

Validators, compression and how long caches may keep an answer are the middleware's.
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
    429: "Too many requests",
}


def opened(answer: ResponseT) -> ResponseT:
    """Lets scripts of other sites read the answer."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def refusal(reason: Exception) -> HttpResponse:
    """The answer to an address that was not understood: 400 and a sentence."""
    return opened(HttpResponse(f"{reason}\n", status=400, content_type="text/plain; charset=utf-8"))


def problem(status: int, detail: str) -> JsonResponse:
    """An error of the API as a problem document, RFC 9457."""
    said = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    return opened(JsonResponse(said, status=status, content_type=PROBLEM))
