"""``backup``: a copy of the database while the site serves."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from papers.management.errors import command_errors
from papers.operations.backup import NoBackup, back_up


class Command(BaseCommand):
    help = (
        "Write a whole copy of the SQLite database to FILE, while the site serves and imports. "
        "Without FILE it goes into data/, with the day and the time in its name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="where the copy goes")

    def handle(self, *args, **options) -> None:
        name = f"backup-{timezone.localtime():%Y%m%d-%H%M%S}.sqlite3"
        target = Path(options["file"] or settings.DATA_DIR / name)
        try:
            with command_errors():
                size = back_up(target)
        except NoBackup as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{target}: {size / 1e6:,.1f} MB. Back again: manage.py restore {target}")
