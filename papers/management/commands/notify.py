"""``notify``: list what the operator was told of and lasts, or send a test message."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.models import Notice
from papers.notifications import senders

TEST = ("a test", "This is a test message. What goes wrong will be told here.")


class Command(BaseCommand):
    help = (
        "List what the operator was told of and what still lasts. `daily` tells it at its end, by "
        "the addresses in NOTIFY_URLS: the day is in, a publisher is silent or cannot be fetched, "
        "files were refused, an import broke off, there is less Chinese than usual, a backup or "
        "another step failed, a disk is nearly full. Each matter is told once, a lasting one "
        "again after a week. With --test, send a test message."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--test", action="store_true", help="send a test message")

    def handle(self, *args, **options) -> None:
        if options["test"]:
            self._test()
            return
        lasting = Notice.objects.filter(is_open=True)
        for notice in lasting:
            self.stdout.write(f"{notice.told}  {notice.text}")
        if not lasting:
            self.stdout.write("Nothing lasts that was told.")

    def _test(self) -> None:
        if not senders.is_set_up():
            raise CommandError("NOTIFY_URLS is not set; see docs/operating.md.", returncode=2)
        try:
            failed = senders.send(*TEST)
        except senders.CannotSend as error:
            raise CommandError(str(error)) from None
        if failed:
            raise CommandError(f"Not sent by {', '.join(failed)}; the others have it.")
        self.stdout.write("Sent.")
