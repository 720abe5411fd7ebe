"""``manage.py`` with pauses of hundredths of a second after a failure, for tests."""

import os
import sys

import django
from django.core.management import execute_from_command_line

PAUSE = 0.01


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    django.setup()
    from papers.translation import pacing

    pacing.FIRST_PAUSE = pacing.LONGEST_PAUSE = PAUSE
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
