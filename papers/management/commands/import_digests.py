"""``import_digests``: import digests from files, folders and archives."""

import argparse
import datetime
import sys
from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.digests.discover import DigestFiles
from papers.digests.files import DigestFile
from papers.digests.location import parse_date, parse_topic
from papers.importing import uploads
from papers.importing.report import ImportReport, where
from papers.importing.run import Options, run_import
from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.operations.checks import MACHINE

HELP = """\
Import digests: files with English and Chinese titles and abstracts of new papers, as markdown or
as its .jsonl twin, in folders and in .zip, .tar and .tar.gz archives.

The source, the date and the topic of a digest come from its path:
  SOURCE/29-Jan-2025/topic/Multimodal_related_papers.md    a theme
  SOURCE/29-Jan-2025/AI/README.md                          an arXiv category
An archive counts as a folder with its name. If the path does not state them, as with - (standard
input), give --source, --date and --topic:
  curl … | manage.py import_digests - --source NAME --date 2025-01-29 --topic cs.AI

Importing the same files again changes nothing.
Exit status: 0 every digest was read; 1 a path is missing, a file was refused, or --strict met a
problem; 2 wrong usage.
"""


def a_date(text: str) -> datetime.date:
    if date := parse_date(text):
        return date
    raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2025-01-29")


class Command(BaseCommand):
    help = HELP
    requires_system_checks = (MACHINE,)  # the others load all pages

    def create_parser(self, *args, **kwargs) -> CommandParser:
        return super().create_parser(
            *args, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a file, a folder, an archive, or - for standard input",
        )
        parser.add_argument("--source", help="the publisher, if the path does not state it")
        parser.add_argument("--date", type=a_date, metavar="YYYY-MM-DD", help="the date")
        parser.add_argument(
            "--topic",
            metavar="NAME",
            help="a theme (Multimodal) or a category (cs.AI)",
        )
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
        parser.add_argument(
            "--strict", action="store_true", help="exit with status 1 on any problem"
        )
        parser.add_argument(
            "--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another import"
        )
        parser.add_argument(
            "--accept-changes",
            action="store_true",
            help="accept digests that change many papers of other sources",
        )
        parser.add_argument("--report", metavar="FILE", help="write the report as JSON")
        parser.add_argument(
            "--uploads", action="store_true", help="import the uploads that are waiting"
        )

    def handle(self, *args, **options) -> None:
        if options["uploads"] == bool(options["paths"]):
            raise CommandError("Give at least one PATH, or --uploads.", returncode=2)
        if options["uploads"]:
            self._import_uploads()
            return
        with command_errors():
            report = run_import(options["paths"], self._options(options), self._progress)
        for file, problem in report.problem_log:
            self.stderr.write(f"{where(file, problem)}: {problem.message}")
        if options["report"]:
            self._write_report(options["report"], report)
        prefix = "Nothing was written (--dry-run). " if options["dry_run"] else ""
        self.stdout.write(prefix + report.as_text())
        if report.refused_files or (options["strict"] and report.problem_log):
            raise SystemExit(1)

    def _import_uploads(self) -> None:
        with command_errors():
            for upload in uploads.import_waiting():
                self.stdout.write(f"{upload.name}: {upload.state}")

    def _options(self, options: dict) -> Options:
        return Options(
            source=options["source"],
            date=options["date"],
            topic=parse_topic(options["topic"]) if options["topic"] else None,
            dry_run=options["dry_run"],
            wait=options["wait"],
            accept_changes=options["accept_changes"],
        )

    def _progress(self, files: DigestFiles) -> Iterable[DigestFile]:
        total = files.count() if sys.stderr.isatty() else None
        return progress_bar(files, total=total, unit="digest")

    def _write_report(self, file: str, report: ImportReport) -> None:
        try:
            with open(file, "w", encoding="utf-8") as written:
                written.writelines(report.json_lines())
        except OSError as error:
            raise CommandError(f"--report {file}: cannot be written: {error.strerror}.") from error
