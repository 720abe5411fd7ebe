"""``fetch_digests``: bring publishers' checkouts up to date and import the days that changed."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.db.import_lock import fetch_lock
from papers.importing.report import where
from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.models import Source
from papers.publishers import follow
from papers.publishers.address import AddressRefused
from papers.publishers.errors import FetchFailed
from papers.publishers.git import Progress

HELP = """\
Fetch the digests of the publishers that this site follows, and import the days that changed.

A publisher is followed by its address, a git repository or an archive:
  fetch_digests --add daily --git https://example.org/daily.git --branch main
  fetch_digests --add weekly --archive https://example.org/weekly.zip
Afterwards, without names, all of them are fetched:
  fetch_digests
  fetch_digests daily

Each has a checkout of its own in data/publishers/ (PUBLISHERS_DIR). A git history may only grow:
one that was rewritten is refused, and --anew takes it all the same. Addresses are https:// or
file://, without credentials. Fetching again changes nothing.
Exit status: 0 all were fetched and imported; 1 one of them was not, or a file was refused; 2 wrong
usage.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args, **kwargs) -> CommandParser:
        return super().create_parser(
            *args, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="only these sources")
        parser.add_argument(
            "--add", metavar="NAME", help="follow a publisher, or change its address"
        )
        address = parser.add_mutually_exclusive_group()
        address.add_argument("--git", metavar="URL", help="the address of its repository")
        address.add_argument("--archive", metavar="URL", help="the address of its archive")
        parser.add_argument("--branch", default="", help="the branch, if not the repository's own")
        parser.add_argument(
            "--anew", action="store_true", help="forget the checkouts of these sources first"
        )
        parser.add_argument(
            "--wait",
            type=float,
            default=0.0,
            metavar="SECONDS",
            help="wait for another fetch or import",
        )

    def handle(self, *args, **options) -> None:
        if bool(options["add"]) != bool(options["git"] or options["archive"]):
            raise CommandError(
                "Give --add NAME together with --git URL or --archive URL.", returncode=2
            )
        if options["anew"] and not options["names"]:
            raise CommandError("Give the names of the sources to fetch --anew.", returncode=2)
        with command_errors(), fetch_lock(options["wait"]):
            sources = [self._add(options)] if options["add"] else _named(options["names"])
            complete = [self._fetch(source, options) for source in sources]
        if not sources:
            self.stdout.write("No publisher is followed; see fetch_digests --help.")
        if not all(complete):
            raise SystemExit(1)

    def _add(self, options: dict) -> Source:
        kind = Source.FetchKind.GIT if options["git"] else Source.FetchKind.ARCHIVE
        address = options["git"] or options["archive"]
        try:
            return follow.follow(options["add"], kind, address, options["branch"])
        except AddressRefused as error:
            raise CommandError(str(error), returncode=2) from None

    def _fetch(self, source: Source, options: dict) -> bool:
        """Fetch and import one source; return whether all of it was read."""
        if options["anew"]:
            follow.forget_copy(source)
        try:
            with _bar(source) as progress:
                follow.fetch(source, progress)
        except FetchFailed as error:
            self.stderr.write(str(error))
            return False
        report = follow.import_changes(source, options["wait"])
        if report is None:
            self.stdout.write(f"{source.name}: nothing new.")
            return True
        for file, problem in report.problem_log:
            self.stderr.write(f"{where(file, problem)}: {problem.message}")
        self.stdout.write(f"{source.name}: {report.as_text()}")
        return not report.refused_files


def _named(names: list[str]) -> list[Source]:
    sources = {source.name: source for source in follow.followed()}
    if unknown := [name for name in names if name not in sources]:
        known = ", ".join(sources) or "none"
        raise CommandError(f"{unknown[0]!r} is not followed; these are: {known}.", returncode=2)
    return [sources[name] for name in names] or list(sources.values())


@contextmanager
def _bar(source: Source) -> Iterator[Progress]:
    """Show how much has come."""
    with progress_bar(desc=source.name, unit="B", unit_scale=True) as bar:
        yield lambda size: bar.update(size - bar.n)
