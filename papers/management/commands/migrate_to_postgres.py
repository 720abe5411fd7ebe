"""``migrate_to_postgres``: move the site from its SQLite file to PostgreSQL."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.operations.to_postgres import CannotMove, move_from


class Command(BaseCommand):
    help = (
        "Move the whole site from the SQLite file FILE (default: data/duizhao.sqlite3) into the "
        "PostgreSQL database in DATABASE_URL, which must be migrated and empty. Everything is "
        "moved (papers, curators and their work, history) or, if anything fails, nothing. FILE is "
        "only read. Stop imports and curators' work during the move; readers can continue."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="the SQLite file to move from")

    def handle(self, *args, **options) -> None:
        file = Path(options["file"] or settings.DATA_DIR / "duizhao.sqlite3")
        try:
            with command_errors():
                counts = move_from(file, lambda tables: progress_bar(tables, unit="table"))
        except CannotMove as refused:
            raise CommandError(f"Nothing was moved. {refused}") from None
        for table, count in counts.items():
            if count:
                self.stdout.write(f"{count:>12,}  {table}")
        self.stdout.write("The row counts of all tables match. The SQLite file was not changed.")
