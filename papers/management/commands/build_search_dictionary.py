"""``build_search_dictionary``: find terms of the field in the titles of this site."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from papers import search
from papers.management.errors import command_errors
from papers.models import Paper
from papers.search import dictionary


class Command(BaseCommand):
    help = (
        "Find technical terms (检索增强生成, fine-tuning) in the titles of this site and store "
        "them in data/search-terms.txt, in addition to the built-in list. A term is searched as a "
        "whole; its parts are still found. Rebuild the search index afterwards, or use --rebuild."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="rebuild the search index too")

    def handle(self, *args, **options) -> None:
        papers = Paper.objects.published()
        chinese, english = (
            papers.order_by().values_list(name, flat=True).iterator()
            for name in ("title_zh", "title_en")
        )
        with command_errors():
            file = settings.DATA_DIR / "search-terms.txt"
            terms = dictionary.build(chinese, english, file)
            self.stdout.write(f"{terms:,} terms stored in {file}.")
            if options["rebuild"]:
                search.rebuild()
                self.stdout.write("The search index was rebuilt.")
            elif search.is_stale():
                self.stdout.write("Now run: manage.py rebuild_search_index")
