"""``rank_source``: set the rank of a source, for any number of papers."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import curation
from papers.management.errors import command_errors
from papers.models import Source

HELP = """\
Change the rank of a source: if texts are equally good, the one of the source with the lowest rank
is shown. The admin does the same for sources that share up to a few thousand papers with others;
this command has no limit.
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="SOURCE", help="the name of the source")
        parser.add_argument(
            "rank",
            metavar="RANK",
            type=int,
            help="a number; lower comes first, and the default is 100",
        )

    def handle(self, *args, **options) -> None:
        source = Source.objects.filter(name=options["source"]).first()
        if source is None:
            raise CommandError(f"There is no source {options['source']!r}; /about/ lists them.")
        with command_errors():
            curation.rank_source(source, options["rank"], most=None)
        self.stdout.write(f"{source} has rank {source.rank}.")
