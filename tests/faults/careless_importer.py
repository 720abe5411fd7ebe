"""``manage.py`` whose import keeps no transactions: every row is there as soon as it is written.

The tests of the import must notice.
"""

import os

from django.core.management import execute_from_command_line
from django.db.transaction import Atomic


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    vars_of = {"__enter__": lambda self: None, "__exit__": lambda self, *error: None}
    for name, nothing in vars_of.items():
        setattr(Atomic, name, nothing)
    execute_from_command_line(arguments)


if __name__ == "__main__":
    import sys

    main(sys.argv)
