"""``remove_digest``: undo the import of one digest."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from papers.importing.removal import remove_digests
from papers.management.commands.import_digests import a_date
from papers.management.errors import command_errors
from papers.models import Digest


class Command(BaseCommand):
    help = (
        "Remove a digest that was imported by mistake, with the papers that no other digest has. "
        "Curators' work on papers that stay is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="the publisher's name, as the admin lists it")
        parser.add_argument("date", type=a_date, help="the date, such as 2025-01-29")
        parser.add_argument("topic", help="the slug of the topic, such as multimodal or cs-ai")

    def handle(self, *args, **options) -> None:
        digests = Digest.objects.filter(
            source__name=options["source"], date=options["date"], topic__slug=options["topic"]
        )
        if not digests:
            raise CommandError(
                f"There is no digest of {options['source']}, {options['date']}, {options['topic']}."
            )
        with command_errors():
            removal = remove_digests(digests)
        self.stdout.write(
            f"Removed the digest and {removal.papers_removed:,} papers; "
            f"{removal.papers_kept:,} papers stay, as other digests have them."
        )
