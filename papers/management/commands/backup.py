"""``backup``: copy the database while the site serves."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from digest_site.private import make_folder
from papers.management.errors import command_errors
from papers.operations.backup import back_up, ending
from papers.operations.backup_folder import back_up_into
from papers.operations.errors import NoBackup


def a_number(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")


class Command(BaseCommand):
    help = (
        "Copy the database to FILE while the site serves and imports, and check the copy. Give a "
        "folder (FOLDER/) to have it named after the date and the time; of such copies the newest "
        "--keep N stay there. By default, it goes into BACKUP_DIR, or else into data/."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help="the file to write, or a folder with a / behind"
        )
        parser.add_argument(
            "--keep",
            type=a_number,
            metavar="N",
            help="how many copies stay in the folder (default: BACKUP_KEEP)",
        )

    def handle(self, *args, **options) -> None:
        given = options["file"] or (settings.BACKUP_DIR and f"{settings.BACKUP_DIR}/")
        is_folder = bool(given) and (given.endswith("/") or Path(given).is_dir())
        if options["keep"] and not is_folder:
            raise CommandError("--keep is for a folder: FOLDER/.", returncode=2)
        try:
            with command_errors("Other backups are kept"):
                target = self._back_up(given, is_folder, options["keep"])
        except NoBackup as error:
            raise CommandError(str(error)) from None
        size = target.stat().st_size
        self.stdout.write(
            f"{target}: {size / 1e6:,.1f} MB. To restore it: manage.py restore {target}"
        )

    def _back_up(self, given: str, is_folder: bool, keep: int | None) -> Path:
        if is_folder:
            return back_up_into(Path(given), keep or settings.BACKUP_KEEP)
        name = f"backup-{timezone.localtime():%Y%m%d-%H%M%S}{ending()}"
        target = Path(given or settings.DATA_DIR / name)
        make_folder(target.parent)
        back_up(target)
        return target
