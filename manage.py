#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from digest_site.refusal import in_one_sentence

    with in_one_sentence():
        settings._setup()  # Django's commands would show what is wrong as a traceback
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
