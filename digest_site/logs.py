"""Logging: each event is one line of JSON and contains no personal data.

Client addresses and what users typed must not be logged. Of a request only the path is logged; of
an error only its type and location, because its message often quotes a search.
"""

import datetime
import json
import logging
import re
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LENGTH = 1000  # characters of a message
FRAMES = 12  # innermost frames of a traceback

# After these words gunicorn adds the client's address or the full requested URL.
_CLIENT_DETAILS = re.compile(r"^(Invalid request|Error handling request)\b.*", re.DOTALL)


class LineFormatter(logging.Formatter):
    """Format an event as one line of ASCII JSON; nothing in it can break the line."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(),
            "level": record.levelname,
            "from": record.name,
            "event": _CLIENT_DETAILS.sub(r"\1.", record.getMessage())[:MAX_LENGTH],
            **_of_request(record),
            **_of_error(record),
        }
        return json.dumps(event, ensure_ascii=True)


def _of_request(record: logging.LogRecord) -> dict:
    """Return method, path without query, and status, if Django logs a request."""
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "path"):  # runserver passes a socket instead
        return {}
    status = getattr(record, "status_code", None)
    return {"method": request.method, "path": request.path[:200], "status": status}


def _of_error(record: logging.LogRecord) -> dict:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    kind, _, trace = record.exc_info
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return {
        "error": kind.__qualname__,
        "at_lines": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames],
    }


def _short(filename: str) -> str:
    """Shorten a file name: relative to the project, or to site-packages."""
    return filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def configuration(stream: str) -> dict:
    """Return Django's LOGGING for ``stdout`` or ``stderr``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "digest_site.logs.LineFormatter"}},
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "stream": f"ext://sys.{stream}",
            }
        },
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "papers.http.sign_in": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # no 404s: robots guess many addresses
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # the client gets a 400
            "axes": {"level": "CRITICAL"},  # sign_in logs it without an address
            "psycopg": {"level": "ERROR"},  # the code that used the connection logs it
        },
    }


def of_gunicorn() -> dict:
    """Return the same configuration for gunicorn's own messages."""
    return {
        **configuration("stdout"),
        "loggers": {"gunicorn.error": {"level": "WARNING", "propagate": True}},
    }
