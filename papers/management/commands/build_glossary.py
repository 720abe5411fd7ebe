"""``build_glossary``: mine terms from bilingual papers."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from papers.glossary import shipped
from papers.glossary.bilingual_papers import PapersFileError, papers_in, stored_papers
from papers.glossary.mining import mine
from papers.glossary.storing import replace_mined_terms
from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.models import Term


class Command(BaseCommand):
    help = (
        "Find pairs of Chinese and English terms in the papers of this site that have both "
        "languages, and store them in place of those found before. The terms that ship with the "
        "site, those written by hand and those of curators stay. This takes minutes for tens of "
        "thousands of papers. Run it from time to time; docs/glossary.md says what the terms do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="file",
            type=Path,
            help="read the papers from a file of JSON lines (title, abstract, title_zh, "
            "abstract_zh), which may be compressed with xz",
        )
        parser.add_argument(
            "--write", type=Path, metavar="FILE", help="write the terms to a file, not to the site"
        )

    def handle(self, *args, **options) -> None:
        with command_errors():
            papers = papers_in(options["file"]) if options["file"] else stored_papers()
            try:
                pairs = mine(papers, self._progress)
            except PapersFileError as error:
                raise CommandError(str(error)) from None
            numbers = Counter(pair.kind for pair in pairs)
            self.stdout.write(
                ", ".join(f"{kind.label}: {numbers[kind]:,}" for kind in Term.Kind) + "."
            )
            if options["write"]:
                shipped.write(options["write"], pairs)
            elif replace_mined_terms(pairs):
                self.stdout.write("The glossary was updated.")
            else:
                self.stdout.write("The glossary has these terms already.")

    def _progress(self, steps: Iterable, description: str) -> Iterable:
        return progress_bar(steps, desc=description)
