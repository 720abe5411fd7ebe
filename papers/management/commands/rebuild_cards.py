"""``rebuild_cards``: render formulas and links of stored papers again."""

from argparse import ArgumentParser
from functools import partial

from django.core.management.base import BaseCommand

from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.operations.rebuild_cards import rebuild_cards


class Command(BaseCommand):
    help = (
        "Rebuild the stored formulas and links of papers that an older version of the site "
        "rendered; `check --database default` says when this is needed. Until then they are "
        "rendered on each request, which is slower. The command can be interrupted and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="include papers that are up to date")

    def handle(self, *args, **options) -> None:
        with command_errors():
            number = rebuild_cards(
                everything=options["all"], progress=partial(progress_bar, unit="batch")
            )
        self.stdout.write(f"Papers rebuilt: {number:,}.")
