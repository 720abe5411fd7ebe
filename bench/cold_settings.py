"""The site's settings without the page cache, so that each request makes its page."""

from digest_site.settings import *  # noqa: F403  (the same middleware, the same everything)

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
