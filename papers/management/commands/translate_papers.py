"""``translate_papers``: give Chinese to papers whose publishers gave none."""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from papers.digests.location import parse_date
from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.models import Topic
from papers.translation.estimate import Estimate
from papers.translation.queue import Selection
from papers.translation.translate import (
    Limits,
    Status,
    TranslationReport,
    plan,
    translate,
)
from papers.translation.translator import NotSetUp, Translator

HELP = """\
Translate titles and abstracts whose Chinese is missing or faulty, with the model at TRANSLATOR_URL:
any OpenAI-compatible endpoint, on this machine or rented (docs/translating.md).

First come papers that curators asked for, then featured ones, then the newest. Every answer is
checked; what does not pass is asked for once more and then left. The next run goes on where this
one ends.

  manage.py translate_papers --dry-run                      how many papers, tokens, what cost
  manage.py translate_papers --fields titles --max-cost 2   titles alone, about 14 times cheaper
  manage.py translate_papers --newest 200 --yes             for a timer: do not ask before it costs

Exit status: 0 the run ended, also if it left papers; 1 the endpoint refuses all requests; 2 wrong
usage, or no translator is set up; 130 and 143 it was interrupted or terminated.
"""
KEPT = "What was translated is kept"
_LINE_AFTER = 30.0  # seconds between two lines in a pipe


def a_date(text: str):
    if date := parse_date(text):
        return date
    raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2025-01-29")


def a_number(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")


def an_amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = -1.0
    if 0 <= amount < float("inf"):
        return amount
    raise argparse.ArgumentTypeError(f"{text!r} is not an amount such as 2.50")


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args, **kwargs) -> CommandParser:
        return super().create_parser(
            *args, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--newest", type=a_number, metavar="N", help="only the newest N")
        for name, dest, help_ in (("from", "since", "first"), ("to", "until", "last")):
            parser.add_argument(
                f"--{name}", dest=dest, type=a_date, metavar="YYYY-MM-DD", help=f"the {help_} day"
            )
        parser.add_argument("--topic", default="", metavar="SLUG", help="only papers of this topic")
        parser.add_argument(
            "--ids", nargs="+", default=(), metavar="ID", help="only these papers, by arXiv id"
        )
        parser.add_argument(
            "--waiting", action="store_true", help="only papers that curators asked for"
        )
        parser.add_argument(
            "--fields",
            choices=("titles", "all"),
            default="all",
            help="titles alone, or abstracts too (default: all)",
        )
        parser.add_argument(
            "--max-papers", type=a_number, metavar="N", help="ask for at most N papers"
        )
        parser.add_argument(
            "--max-cost", type=an_amount, metavar="X", help="spend at most X (TRANSLATOR_PRICES)"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what it would take")
        parser.add_argument("--yes", action="store_true", help="do not ask before it costs")
        parser.add_argument("--report", metavar="FILE", help="write the report as JSON")

    def handle(self, *args, **options) -> None:
        translator = _translator(options)
        selection = _selection(options)
        limits = Limits(options["max_papers"], options["max_cost"])
        with command_errors(KEPT):
            expected = plan(selection, translator, limits)
        self.stdout.write(in_words(expected, translator))
        if options["dry_run"]:
            self._write_report(options["report"], _of_dry_run(expected))
            return
        if expected.papers and translator.may_cost and not options["yes"]:
            self._confirm()
        with command_errors(KEPT), _stopped_by_signals() as stop, _Bar(self, translator) as bar:
            report = translate(selection, translator, limits, bar, stop.event)
        self._write_report(options["report"], report)
        self.stdout.write(_summary(report, translator))
        if stop.signal:
            raise CommandError(
                f"Interrupted. {KEPT}; run the command again to complete it.",
                returncode=128 + stop.signal,
            )
        for problem in report.problems:
            if problem["arxiv_id"] is None:
                self.stderr.write(str(problem["message"]))
        if report.is_rejected:
            raise SystemExit(1)

    def _confirm(self) -> None:
        if not sys.stdin.isatty():
            raise CommandError("This may cost something. Add --yes to go on.", returncode=2)
        self.stdout.write("Go on? [y/N] ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
            raise CommandError("Nothing was translated.", returncode=1)

    def _write_report(self, file: str | None, report: TranslationReport) -> None:
        if not file:
            return
        try:
            with open(file, "w", encoding="utf-8") as written:
                written.write(report.as_json())
        except OSError as error:
            raise CommandError(f"--report {file}: cannot be written: {error.strerror}.") from error


def _translator(options: dict) -> Translator:
    try:
        translator = Translator.from_settings()
    except NotSetUp as error:
        raise CommandError(str(error), returncode=2) from None
    if options["max_cost"] is not None and translator.prices is None:
        raise CommandError(
            "--max-cost needs TRANSLATOR_PRICES: what a million tokens cost, sent and received.",
            returncode=2,
        )
    return translator


def _selection(options: dict) -> Selection:
    topic = options["topic"]
    if topic and not Topic.objects.filter(slug=topic).exists():
        raise CommandError(f"There is no topic {topic!r}; /topics/ lists them.", returncode=2)
    return Selection(
        newest=options["newest"],
        since=options["since"],
        until=options["until"],
        topic=topic,
        ids=tuple(options["ids"]),
        only_waiting=options["waiting"],
        titles_only=options["fields"] == "titles",
    )


# --- What it says


def in_words(expected: Estimate, translator: Translator) -> str:
    sent, received = expected.tokens
    return (
        f"{expected.papers:,} papers to translate with {translator.model} at {translator.host}: "
        f"{expected.titles:,} titles, {expected.abstracts:,} abstracts, "
        f"about {sent:,.0f} tokens sent and {received:,.0f} received, "
        f"{_money(expected.cost, translator)}."
    )


def _money(cost: float, translator: Translator) -> str:
    if translator.prices is None and translator.may_cost:
        return "cost not known (TRANSLATOR_PRICES)"
    return f"cost {cost:,.2f}"


def _summary(report: TranslationReport, translator: Translator) -> str:
    return (
        f"{report.papers:,} papers translated ({report.titles:,} titles, {report.abstracts:,} "
        f"abstracts), {report.refused:,} refused, {report.left:,} left; "
        f"{report.tokens_in:,} tokens sent and {report.tokens_out:,} received, "
        f"{_money(report.cost, translator)}, in {report.seconds:,.1f} s"
    )


def _of_dry_run(expected: Estimate) -> TranslationReport:
    """Return a report of a run that did nothing yet: all papers are left."""
    return TranslationReport(
        left=expected.papers,
        titles=expected.titles,
        abstracts=expected.abstracts,
        tokens_in=round(expected.tokens.sent),
        tokens_out=round(expected.tokens.received),
        cost=expected.cost,
    )


class _Bar:
    """A bar on a terminal, and a line now and then in a pipe."""

    def __init__(self, command: BaseCommand, translator: Translator) -> None:
        self._command, self._translator = command, translator
        self._bar: tqdm | None = None
        self._said_at = 0.0

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, status: Status) -> None:
        if self._bar is None:
            self._bar = progress_bar(total=status.total, unit="paper")
        if self._bar.disable:
            self._say(status)
            return
        cost = _money(status.cost, self._translator)
        self._bar.set_postfix_str(f"{status.tokens:,} tokens, {cost}", refresh=False)
        self._bar.update(status.done - self._bar.n)

    def _say(self, status: Status) -> None:
        if status.seconds - self._said_at < _LINE_AFTER:
            return
        self._said_at = status.seconds
        left = f", about {status.seconds_left:,.0f} s left" if status.seconds_left else ""
        self._command.stdout.write(
            f"{status.done:,} of {status.total:,} papers, {status.tokens:,} tokens, "
            f"{_money(status.cost, self._translator)}{left}"
        )
        self._command.stdout.flush()


class _Stop:
    """Whether a signal told the command to stop, and which one."""

    def __init__(self) -> None:
        self.event = Event()
        self.signal = 0

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.signal = number
        self.event.set()


@contextmanager
def _stopped_by_signals() -> Iterator[_Stop]:
    """Note SIGINT and SIGTERM, so that what was answered is stored before the command ends."""
    stop = _Stop()
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
