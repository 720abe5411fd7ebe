"""``rebuild_cards``: render formulas and links of stored papers again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from tqdm import tqdm

from papers.management.errors import command_errors
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
            number = rebuild_cards(everything=options["all"], progress=self._progress)
        self.stdout.write(f"Papers rebuilt: {number:,}.")

    def _progress(self, batches: list[list[int]]) -> tqdm:
        """Show a progress bar on a terminal after one second; show nothing in a pipe."""
        return tqdm(batches, unit="batch", disable=None, delay=1, leave=False)
