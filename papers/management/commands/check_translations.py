"""``check_translations``: count the translations with each fault, by source."""

from argparse import ArgumentParser
from functools import partial

from django.core.management.base import BaseCommand

from papers.importing.retriage import reassess_translations
from papers.management.errors import command_errors
from papers.management.progress import progress_bar
from papers.models import ZhState
from papers.text.triage import Fault


class Command(BaseCommand):
    help = (
        "Print how many Chinese titles and abstracts of each source have each fault under the "
        "current rules (docs/triage.md). With --apply, store the results, for example after an "
        "upgrade; `check --database default` says "
        "when that is needed. It can be interrupted and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="store the results")

    def handle(self, *args, **options) -> None:
        with command_errors():
            judged = reassess_translations(
                apply=options["apply"], progress=partial(progress_bar, unit="batch")
            )
        for (source, field), total in sorted(judged.texts.items()):
            self.stdout.write(f"{source}, {field}s: {total:,} texts")
            for fault in Fault:
                if number := judged.faults[source, field, fault]:
                    self.stdout.write(f"  {fault:16} {number:7,}  {number / total:6.1%}")
        if judged.changed:
            done = "updated" if options["apply"] else "out of date; --apply updates them"
            self.stdout.write(f"{judged.changed:,} texts {done}.")
        if judged.states:
            before, after = judged.states
            self.stdout.write("Papers whose Chinese is, before and after:")
            for state in ZhState:
                self.stdout.write(f"  {state.value:16} {before[state]:7,} {after[state]:7,}")
