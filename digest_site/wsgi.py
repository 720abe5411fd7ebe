"""The WSGI application that gunicorn loads."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from digest_site.refusal import in_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
os.environ.setdefault("LOG_TO", "stdout")

Application = Callable[[dict[str, Any], Callable], Iterable[bytes]]


def at_the_root(site: Application) -> Application:
    """Return the site, refusing requests with a path prefix (SCRIPT_NAME).

    A prefix would change every address and the key of every cached page. None is ever configured,
    so one that arrives was sent by a client.
    """

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        if not environ.get("SCRIPT_NAME"):
            return site(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"This site is not served below a path.\n"]

    return answer


with in_one_sentence():
    application = at_the_root(get_wsgi_application())

# Load pages and dictionaries once, before gunicorn forks, so that the workers share their memory.
from digest_site import urls  # noqa: E402, F401
from papers import glossary, search  # noqa: E402

search.warm_up()
glossary.shipped_glossary().warm_up()
