"""``restore``: replace the database with a backup."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.management.errors import command_errors
from papers.operations.backup import restore
from papers.operations.errors import NoBackup


class Command(BaseCommand):
    help = (
        "Replace the database with the backup FILE and migrate it. An old SQLite file is kept "
        "beside it; PostgreSQL is replaced in one transaction. Stop the site first, and start it "
        "again afterwards."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file written by `backup`")

    def handle(self, *args, **options) -> None:
        try:
            with command_errors():
                kept = restore(Path(options["file"]))
        except NoBackup as error:
            raise CommandError(str(error)) from None
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        self.stdout.write(
            f"{options['file']} restored." + (f" The old database: {kept}" if kept else "")
        )
