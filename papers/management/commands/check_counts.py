"""``check_counts``: compare the stored paper counts with a fresh count."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from papers.lists import counts
from papers.management.errors import command_errors
from papers.models import Paper


class Command(BaseCommand):
    help = (
        "Count the papers of every day, topic and translation status, and compare the results "
        "with the stored counts that lists, filters and the calendar use. Stored counts are "
        "written together with the papers; they differ only if the database was changed by hand. "
        "Exit status 1 if any differ."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="correct the stored counts")

    def handle(self, *args, **options) -> None:
        with command_errors():
            wrong = counts.differences()
            if options["apply"] and wrong:
                with transaction.atomic():
                    counts.recount(counts.days_of_all())
        for line in wrong[:20]:
            self.stdout.write(line)
        if not wrong:
            self.stdout.write(
                f"Counts correct for all {Paper.objects.published().count():,} papers."
            )
        elif options["apply"]:
            self.stdout.write(f"{len(wrong):,} counts corrected.")
        else:
            raise CommandError(f"{len(wrong):,} counts are wrong; --apply corrects them.")
