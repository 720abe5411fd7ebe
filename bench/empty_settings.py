"""The site's settings with a single empty page: the floor of ``bench/serve.py``."""

from bench.cold_settings import *  # noqa: F403  (the same middleware, the same everything)

ROOT_URLCONF = "bench.empty_urls"
