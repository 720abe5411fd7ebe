"""``find_alike_authors``: fill the curators' queue of similar authors."""

from django.core.management.base import BaseCommand

from papers.curation.duplicate_authors import find_alike_authors

HELP = """\
Find possible duplicate authors (Yi Ma, Ma Yi, Y. Ma) and add the pairs to the curators' queue.
Pairs that a curator marked as two people are skipped. This takes a few seconds for a few hundred
thousand authors. Run it once a day, or use the button in the admin.
"""


class Command(BaseCommand):
    help = HELP

    def handle(self, *args, **options) -> None:
        number = find_alike_authors()
        self.stdout.write(f"{number:,} pairs of possible duplicates to review.")
