"""Logs: each event is one line of JSON, whatever is in it, and tells nothing of who asked.

Neither the address of a client nor what somebody typed may stand in a log, so of a request only
its path is said, and of an error its kind and its place: its own words often quote a search.
"""

import datetime
import json
import logging
import re
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LENGTH = 1000  # characters of a message
FRAMES = 12  # of an error, the innermost

# Behind these words gunicorn names the client, or all of the address that was asked for.
_OF_A_CLIENT = re.compile(r"^(Invalid request|Error handling request)\b.*", re.DOTALL)


class LineFormatter(logging.Formatter):
    """An event as one line of JSON, in ASCII, so that nothing in it can end the line."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(),
            "level": record.levelname,
            "from": record.name,
            "event": _OF_A_CLIENT.sub(r"\1.", record.getMessage())[:MAX_LENGTH],
            **_of_request(record),
            **_of_error(record),
        }
        return json.dumps(event, ensure_ascii=True)


def _of_request(record: logging.LogRecord) -> dict:
    """Method, path without its query, and status, where Django logs a request."""
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "path"):  # runserver's is a socket
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
    """Ours from the project's folder, others from the last folder of packages."""
    return filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]


def configuration(stream: str) -> dict:
    """Django's LOGGING for ``stdout`` or ``stderr``."""
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
            "django.request": {"level": "ERROR"},  # not each address that a robot guesses
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor each host: 400 says it
            "axes": {"level": "CRITICAL"},  # sign_in says it without an address
            "psycopg": {"level": "ERROR"},  # a dropped connection is said by whoever needed it
        },
    }


def of_gunicorn() -> dict:
    """The same lines for what the web server itself has to say."""
    return {
        **configuration("stdout"),
        "loggers": {"gunicorn.error": {"level": "WARNING", "propagate": True}},
    }
