"""``find_alike_authors``: fills the curators' queue of authors that look the same."""

from django.core.management.base import BaseCommand

from papers.curation.duplicate_authors import find_alike_authors

HELP = """\
Look through all authors for names that may be one person's (Yi Ma, Ma Yi, Y. Ma) and put the pairs
into the curators' queue. Pairs that a curator called two people are not asked about again. Takes
some seconds for some hundred thousand authors; run it once a day, or press the button on the desk.
"""


class Command(BaseCommand):
    help = HELP

    def handle(self, *args, **options) -> None:
        number = find_alike_authors()
        self.stdout.write(f"{number:,} pairs of authors wait for a curator.")
