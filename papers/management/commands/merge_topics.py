"""``merge_topics``: shows the papers of one topic under another, whatever their number."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import curation
from papers.management.errors import command_errors
from papers.models import Topic

HELP = """\
Show the papers of one topic under another, those of later digests too. The desk does the same for
topics with some thousand papers; this command takes any number. The digests keep their own pages,
and --undo takes it back.
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("topic", metavar="TOPIC", help="the slug of the topic to merge")
        parser.add_argument(
            "into", nargs="?", metavar="INTO", help="the slug of the one that stays"
        )
        parser.add_argument("--undo", action="store_true", help="take the merging of TOPIC back")

    def handle(self, *args, **options) -> None:
        topic = self._topic(options["topic"])
        with command_errors():
            if options["undo"]:
                curation.unmerge_topic(topic)
                self.stdout.write(f"{topic.slug} is a topic of its own again.")
                return
            into = self._topic(options["into"] or "")
            try:
                curation.merge_topic(topic, into, most=None)
            except ValueError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"The papers of {topic.slug} are shown under {into.slug}.")

    def _topic(self, slug: str) -> Topic:
        if topic := Topic.objects.filter(slug=slug).first():
            return topic
        raise CommandError(f"There is no topic {slug!r}; /topics/ lists them.")
