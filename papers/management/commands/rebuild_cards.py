"""``rebuild_cards``: formulas, links and pairs of sentences of stored papers, made anew."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from tqdm import tqdm

from papers.management.errors import command_errors
from papers.operations.rebuild_cards import rebuild_cards


class Command(BaseCommand):
    help = (
        "Render the formulas and links of those papers anew, and pair their sentences, that an "
        "older version of the site rendered; `check --database default` says when it is needed. "
        "Until then this is done for each reader, which is right but slower. It can be interrupted "
        "and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also papers that are up to date")

    def handle(self, *args, **options) -> None:
        with command_errors():
            number = rebuild_cards(everything=options["all"], progress=self._progress)
        self.stdout.write(f"Papers rendered anew: {number:,}.")

    def _progress(self, batches: list[list[int]]) -> tqdm:
        """A bar on a terminal when it takes more than a second; nothing in a pipe."""
        return tqdm(batches, unit="batch", disable=None, delay=1, leave=False)
