"""``build_related``: find the papers that are alike."""

from argparse import ArgumentParser
from collections.abc import Iterable

from django.core.management.base import BaseCommand

from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.related.build import relate_all_papers
from papers.related.update import relate_new_papers


class Command(BaseCommand):
    help = (
        "Compare all papers by the words of their English titles and abstracts, and store the "
        "nearest of each in place of those found before. Readers see them on the page of a paper, "
        "and on their desk for the papers that they starred. This takes minutes for a hundred "
        "thousand papers; readers, and imports until the writing, are not held up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new",
            action="store_true",
            help="compare only papers that are new, or whose English text changed, with all "
            "others; all papers if there are a tenth more than when all were compared",
        )
        parser.add_argument(
            "--wait",
            type=float,
            default=60.0,
            metavar="SECONDS",
            help="wait so long for an import to end, before writing (default: 60)",
        )

    def handle(self, *args, **options) -> None:
        relate = relate_new_papers if options["new"] else relate_all_papers
        with command_errors("The related papers found before are kept"):
            papers = relate(self._progress, options["wait"])
        self.stdout.write(f"Papers compared: {papers:,}.")

    def _progress(self, steps: Iterable, description: str) -> Iterable:
        return progress_bar(steps, desc=description)
