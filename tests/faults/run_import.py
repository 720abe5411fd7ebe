"""``manage.py`` with small batches: forty digests make some twenty transactions."""

import os

import django
from django.core.management import execute_from_command_line

BYTES = 120_000  # one or two of the forty digests


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    django.setup()
    from papers.importing import batches

    batches.BYTES = BYTES
    execute_from_command_line(arguments)


if __name__ == "__main__":
    import sys

    main(sys.argv)
