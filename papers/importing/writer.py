"""Writing batches: compare files with stored digests, parse them and write them.

A transaction contains whole digests, so a run that dies leaves whole digests. One transaction per
digest would do that, too, but would cost more than the writing (``docs/design-notes.md``).
"""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from papers.db import data_version
from papers.digests.dating import require_possible, without_papers_to_come
from papers.digests.errors import DigestRefused
from papers.digests.files import are_a_pair
from papers.digests.formats import Content, ParseResult
from papers.importing.batches import Batch, InputFile, Options, RefusedFile
from papers.importing.created import evidence_of
from papers.importing.evidence import Name, ParsedInput, Recorded, record, stored_digests
from papers.importing.held_back import Turned, judge, papers_of_newcomers, problem_of
from papers.importing.reconcile import reconcile
from papers.importing.report import CREATED, SEEN, UPDATED, ImportReport
from papers.models import Appearance, Digest
from papers.text import precomputed

Parse = Callable[[Content], ParseResult]


class Unchanged(NamedTuple):
    """A digest that is already stored with the same content."""

    shown: str
    digest: Digest


class Taken(NamedTuple):
    """A digest that this run has read: its file and its number of records."""

    shown: str
    records: int


# What to do with a file; None if it is skipped.
Judged = ParsedInput | Unchanged | RefusedFile | None


class Writer:
    """Writes batches to the database, and adds the results to the report."""

    def __init__(self, options: Options, report: ImportReport, parse: Parse) -> None:
        self.has_written = False  # whether anything was written
        self._options, self._report, self._parse = options, report, parse
        self._read: dict[int, str] = {}  # files of the digests read so far, by digest id
        self._changing: set[int] = set()  # ids of digests that may change others' papers

    def write(self, batch: Batch) -> None:
        judged = self._judge(batch)
        self._write([one for one in judged if isinstance(one, ParsedInput)])
        self._count_unchanged([one for one in judged if isinstance(one, Unchanged)])
        for one in judged:
            self._report_file(one)
        self._report_changes()
        # Only one of the two forms of a digest is read.
        self._report.passed_over += sum(one.file.twin is not None for one in batch)
        precomputed.clear()

    def _judge(self, files: Batch) -> list[Judged]:
        names = [one.name for one in files if isinstance(one, InputFile)]
        stored = stored_digests(name for name in names if name)
        taken = {
            name: Taken(self._read[digest.pk], digest.record_count)
            for name, digest in stored.items()
            if digest.pk in self._read
        }
        return [self._judged(file, stored, taken) for file in files]

    def _judged(
        self, file: InputFile | RefusedFile, stored: dict[Name, Digest], taken: dict[Name, Taken]
    ) -> Judged:
        if isinstance(file, RefusedFile):
            return file
        name = file.name
        try:
            if name and name in taken:
                _require_other_form(file, taken[name], self._parse)
                return None
            digest = stored.get(name) if name else None
            is_accepted = self._options.accept_changes and digest and problem_of(digest)
            if name and digest and _holds(digest, file.content) and not is_accepted:
                taken[name] = Taken(file.shown, digest.record_count)
                return Unchanged(file.shown, digest)
            parsed = _parsed(file, self._parse, self._options.today)
        except DigestRefused as refused:
            return RefusedFile(file.file, refused.problem)
        if name and parsed:
            taken[name] = Taken(parsed.file, len(parsed.parsed.records))
        return parsed

    def _write(self, inputs: list[ParsedInput]) -> None:
        if not inputs:
            return
        with transaction.atomic():
            recorded = record(inputs, self._options.accept_changes)
            turned = _judge(recorded)
            created = evidence_of(recorded.created)
            changed = reconcile(recorded.touched | turned.papers, created)
            data_version.mark_data_changed()
        self._changing |= {digest.pk for digest in recorded.digests} | turned.digests
        self.has_written = True
        self._count(recorded.digests, [one.file for one in inputs])
        self._report.papers.add(recorded.seen, SEEN)
        self._report.papers.add(recorded.created, CREATED)
        self._report.papers.add(changed, UPDATED)

    def _count_unchanged(self, unchanged: list[Unchanged]) -> None:
        """Count digests that need not be written again."""
        if not unchanged:
            return
        digests = [one.digest for one in unchanged]
        self._changing |= {digest.pk for digest in digests}
        appearances = Appearance.objects.standing().filter(digest__in=digests)
        self._report.papers.add(appearances.values_list("paper_id", flat=True).iterator(), SEEN)
        self._count(digests, [one.shown for one in unchanged])

    def _count(self, digests: list[Digest], files: list[str]) -> None:
        for digest, file in zip(digests, files, strict=True):
            self._read[digest.pk] = file
            self._report.digests += not digest.is_empty
            self._report.digests_empty += digest.is_empty
            self._report.records += digest.record_count
            self._report.repeats += digest.repeat_count

    def _report_file(self, judged: Judged) -> None:
        """Add the problems of a file to the report."""
        if isinstance(judged, RefusedFile):
            self._report.refuse(judged.shown, judged.problem)
        elif isinstance(judged, ParsedInput):
            for problem in judged.parsed.problems:
                self._report.problem_log.add(judged.file, problem)
        elif judged is None:
            self._report.passed_over += 1

    def _report_changes(self) -> None:
        digests = Digest.objects.filter(pk__in=self._changing, changed_count__gt=0)
        for digest in digests.order_by("file", "pk"):
            if problem := problem_of(digest):
                self._report.problem_log.add(digest.file, problem)
        self._changing.clear()


def _judge(recorded: Recorded) -> Turned:
    """Hold back or release the digests whose counts these digests may change."""
    sources = {digest.source_id for digest in recorded.digests}
    newcomers = papers_of_newcomers(sources, len(recorded.digests))
    return judge(recorded.touched | newcomers)


def _holds(digest: Digest, content: Content) -> bool:
    """Return whether the digest is stored with this content and has no problem to report again."""
    return digest.content_hash == content.hash and not digest.problem_count


def _require_other_form(file: InputFile, before: Taken, parse: Parse) -> None:
    """Raise DigestRefused unless this is the other form of a digest read before.

    It must not contain more records than that one. The two forms may be far apart in an archive.
    Any other second file of the same digest would withdraw the papers of the first.
    """
    is_other_form = are_a_pair(before.shown, file.shown)
    if is_other_form and len(parse(file.content).parsed.records) <= before.records:
        return
    raise DigestRefused(
        "same-digest",
        f"This is the same digest as {before.shown}, which was read before it: the same source, "
        "date and topic. Remove one of them, or import them with other options.",
    )


def _parsed(file: InputFile, parse: Parse, today: datetime.date) -> ParsedInput | None:
    """Return the digest in this file, or None if it contains none. May raise DigestRefused."""
    reading = parse(file.content)
    if not (reading.parsed.records or reading.is_blank):
        if reading.is_table or file.location.key is None:
            return None
        raise _no_records(reading)
    key = file.location.require_key()
    require_possible(key.date, today)
    parsed = without_papers_to_come(reading.parsed, key.date)
    return ParsedInput(key, parsed, reading.file.shown, file.content.hash)


def _no_records(reading: ParseResult) -> DigestRefused:
    problems = reading.parsed.problems
    reason = problems[0].message if problems else "It holds no paper."
    return DigestRefused(
        "no-records",
        f"A digest should be here, and no paper could be read. {reason} Fetch the file again.",
    )
