"""``merge_topics``: merge a topic of any size into another."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import curation
from papers.management.errors import command_errors
from papers.models import Topic

HELP = """\
Show the papers of one topic under another, including those of later digests. The admin does the
same for topics with up to a few thousand papers; this command has no limit. Digests keep their own
pages. --undo undoes the merge.
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("topic", metavar="TOPIC", help="the slug of the topic to merge")
        parser.add_argument(
            "into", nargs="?", metavar="INTO", help="the slug of the topic to merge into"
        )
        parser.add_argument("--undo", action="store_true", help="undo the merge of TOPIC")

    def handle(self, *args, **options) -> None:
        topic = self._topic(options["topic"])
        with command_errors():
            if options["undo"]:
                curation.unmerge_topic(topic)
                self.stdout.write(f"The merge of {topic.slug} was undone.")
                return
            into = self._topic(options["into"] or "")
            try:
                curation.merge_topic(topic, into, most=None)
            except ValueError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"The papers of {topic.slug} are now shown under {into.slug}.")

    def _topic(self, slug: str) -> Topic:
        if topic := Topic.objects.filter(slug=slug).first():
            return topic
        raise CommandError(f"There is no topic {slug!r}; /topics/ lists them.")
