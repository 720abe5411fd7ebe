"""``count_terms``: count the papers of each week that use each term."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from papers.glossary import term_weeks
from papers.management.errors import command_errors
from papers.models import Paper


class Command(BaseCommand):
    help = (
        "Count, for each term of several words, the papers of each week that use it, for the "
        "charts of the glossary and its lists of rising terms. Imports keep these counts up to "
        "date. Run this after build_glossary, or after an upgrade, to count new terms in older "
        "papers, too."
    )

    def handle(self, *args, **options) -> None:
        total = Paper.objects.count()
        with command_errors():
            number = term_weeks.recount(
                lambda papers: tqdm(papers, total=total, disable=None, delay=1, leave=False)
            )
        self.stdout.write(f"{total:,} papers counted: {number:,} counts of terms by week.")
