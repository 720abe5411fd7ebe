"""``manage.py`` with small batches: two digests make one transaction.

With ONE_CORE=1 an import starts no worker, which takes less processor time.
"""

import os

import django
from django.core.management import execute_from_command_line

THOROUGH = os.environ.get("FAULTS") == "1"
DAYS_OF_DIGESTS = 5 if THOROUGH else 3  # with eight digests each
RECORDS = 40 if THOROUGH else 12  # in each digest
BYTES = RECORDS * 3_000  # of a batch: one or two digests


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    django.setup()
    from papers import parallel
    from papers.importing import batches

    batches.BYTES = BYTES
    if os.environ.get("ONE_CORE") == "1":
        parallel.cores = lambda: 1
    execute_from_command_line(arguments)


if __name__ == "__main__":
    import sys

    main(sys.argv)
