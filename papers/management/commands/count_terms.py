"""``count_terms``: count the papers of each week that use each term."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from papers.glossary import rising, term_weeks
from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.models import Paper


class Command(BaseCommand):
    help = (
        "Count, for each term of several words, the papers of each week that use it, if the "
        "glossary has other terms than at the last count, and look for rising terms. Imports keep "
        "the counts up to date, but not the lists of rising terms: run this once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="count all papers again, whatever the last count was"
        )

    def handle(self, *args, **options) -> None:
        with command_errors():
            if options["all"] or term_weeks.recount_is_due():
                self._recount()
            else:
                self.stdout.write("The counts of terms by week are up to date.")
            self.stdout.write(f"{rising.store_rising():,} rising terms and phrases.")

    def _recount(self) -> None:
        total = Paper.objects.count()
        number = term_weeks.recount(lambda papers: progress_bar(papers, total=total))
        self.stdout.write(f"{total:,} papers counted: {number:,} counts of terms by week.")
