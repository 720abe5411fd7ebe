"""``rebuild_search_index``: rebuild the search index from the papers."""

from functools import partial

from django.core.management.base import BaseCommand

from papers import search
from papers.db.bulk import CHUNK
from papers.management.errors import command_errors
from papers.management.progress import progress_bar


class Command(BaseCommand):
    help = (
        "Rebuild the search index from the papers, for example when `check --database default` "
        "says that it was built with other rules or another dictionary. Imports and curators' "
        "edits keep the index up to date. The rebuild is one transaction: the old index is used "
        "until the new one is ready; edits and imports wait for it."
    )

    def handle(self, *args, **options) -> None:
        with command_errors():
            papers = search.rebuild(partial(progress_bar, unit=f" × {CHUNK:,} papers"))
        self.stdout.write(f"{papers:,} papers indexed: {search.stored_version()}")
