#!/usr/bin/env python
"""Django's command line for this site."""

import gc
import os
import sys

GARBAGE = 50_000
"""Objects that are made before Python looks for garbage. A start and a batch of an import make very
many, and nearly all of them stay in use."""


def main() -> None:
    gc.set_threshold(GARBAGE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from digest_site.refusal import in_one_sentence

    with in_one_sentence():
        settings._setup()  # Django's commands would show what is wrong as a traceback
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
