"""``remove_source``: undo the import of all digests of one publisher."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from papers.importing.removal import remove_source
from papers.management.errors import command_errors
from papers.models import Source


class Command(BaseCommand):
    help = (
        "Remove a publisher with all its digests and the papers that no other publisher has. "
        "Curators' work on papers that stay is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="the publisher's name, as the admin lists it")

    def handle(self, *args, **options) -> None:
        source = Source.objects.filter(name=options["source"]).first()
        if source is None:
            known = ", ".join(Source.objects.values_list("name", flat=True)) or "none"
            raise CommandError(f"There is no source {options['source']!r}. Known: {known}.")
        with command_errors():
            removal = remove_source(source)
        self.stdout.write(
            f"Removed {removal.digests:,} digests and {removal.papers_removed:,} papers; "
            f"{removal.papers_kept:,} papers stay, as other sources have them."
        )
