"""``backup``: copy the database while the site serves."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from papers.management.errors import command_errors
from papers.operations.backup import NoBackup, back_up


class Command(BaseCommand):
    help = (
        "Copy the SQLite database to FILE while the site serves and imports. By default, FILE is "
        "in data/ and named after the date and the time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="the file to write")

    def handle(self, *args, **options) -> None:
        name = f"backup-{timezone.localtime():%Y%m%d-%H%M%S}.sqlite3"
        target = Path(options["file"] or settings.DATA_DIR / name)
        try:
            with command_errors():
                size = back_up(target)
        except NoBackup as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{target}: {size / 1e6:,.1f} MB. To restore it: manage.py restore {target}"
        )
