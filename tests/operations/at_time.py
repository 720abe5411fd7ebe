"""``manage.py`` at another time: ``python -m tests.operations.at_time 2025-01-06T08:00 daily``."""

import os
import sys

import time_machine
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
    at = sys.argv.pop(1)
    with time_machine.travel(f"{at}:00+08:00"):
        execute_from_command_line(sys.argv)
