"""``rank_source``: whose texts come first, whatever the number of papers."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import curation
from papers.management.errors import command_errors
from papers.models import Source

HELP = """\
Give a source another rank: among equally sound texts those of the source with the lowest rank are
shown. The desk does the same for sources with some thousand papers that others gave too; this
command takes any number.
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="SOURCE", help="the name of the source")
        parser.add_argument("rank", metavar="RANK", type=int, help="100 unless told otherwise")

    def handle(self, *args, **options) -> None:
        source = Source.objects.filter(name=options["source"]).first()
        if source is None:
            raise CommandError(f"There is no source {options['source']!r}; /about/ lists them.")
        with command_errors():
            curation.rank_source(source, options["rank"], most=None)
        self.stdout.write(f"{source} has rank {source.rank}.")
