"""``daily``: fetch, import, translate, count, back up and tell; what a timer runs."""

import argparse
import json

from django.core.management.base import BaseCommand, CommandParser

from papers.management.errors import command_errors
from papers.operations.daily import Result, run_daily

HELP = """\
Do all that the site needs every day, one step after the other: fetch the publishers that are
followed, import what is new, translate what lacks Chinese, send lists by mail, count terms, compare
new papers, look for duplicate authors, remove old sessions, back up, tell the operator what is
wrong.

A step that is not set up is skipped, one that fails does not stop the next. It may run at any hour
and as often as you like: every two hours is usual. Terms, authors, sessions and backup are done
once a day. PATH: further digests to import, as import_digests reads them.
Exit status: 0 all is well; 1 a step failed, or another daily run is at work; 130 and 143 it was
interrupted or terminated.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args, **kwargs) -> CommandParser:
        return super().create_parser(
            *args, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="further digests to import")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args, **options) -> None:
        with command_errors("What the steps before did is kept"):
            report = run_daily(options["paths"], self._silent if options["json"] else self._say)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
        if not report.is_well:
            raise SystemExit(1)

    def _say(self, result: Result) -> None:
        self.stdout.write(
            f"{result.step:<10} {result.state:<8} {result.seconds:>7,.1f} s  {result.message}"
        )
        self.stdout.flush()

    def _silent(self, result: Result) -> None:
        """Print nothing before the report."""
