"""The WSGI door, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
os.environ.setdefault("LOG_TO", "stdout")

application = get_wsgi_application()

# Once, before gunicorn forks: the workers share the dictionaries' memory.
from papers import search  # noqa: E402

search.warm_up()
