"""Some files at once on their way into the database: compared, parsed, written.

A transaction holds whole digests, so a run that dies leaves whole digests. One for each digest
would do that too, and cost more than what it writes (``docs/design-notes.md``).
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
from papers.importing.evidence import Name, ParsedInput, Recorded, record, stored_digests
from papers.importing.held_back import Turned, judge, papers_of_newcomers, problem_of
from papers.importing.reconcile import reconcile
from papers.importing.report import CREATED, SEEN, UPDATED, ImportReport
from papers.models import Appearance, Digest
from papers.text import precomputed

Parse = Callable[[Content], ParseResult]


class Unchanged(NamedTuple):
    """A digest that is stored with this very content."""

    shown: str
    digest: Digest


class Taken(NamedTuple):
    """A digest that this run has read: from which file, and how many records of it."""

    shown: str
    records: int


# What is to be done with a file; None where it is passed over.
Judged = ParsedInput | Unchanged | RefusedFile | None


class Writer:
    """Puts one batch after the other into the database, and tells the report."""

    def __init__(self, options: Options, report: ImportReport, parse: Parse) -> None:
        self.has_written = False  # anything yet
        self._options, self._report, self._parse = options, report, parse
        self._read: dict[int, str] = {}  # the files of the digests read so far, by the rows' ids
        self._changing: set[int] = set()  # digests that may change what others say, by their ids

    def write(self, batch: Batch) -> None:
        judged = self._judge(batch)
        self._write([one for one in judged if isinstance(one, ParsedInput)])
        self._pass_by([one for one in judged if isinstance(one, Unchanged)])
        for one in judged:
            self._tell(one)
        self._tell_of_changes()
        # of the two forms of a digest one is read
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
            said = _said(file, self._parse, self._options.today)
        except DigestRefused as refused:
            return RefusedFile(file.file, refused.problem)
        if name and said:
            taken[name] = Taken(said.file, len(said.parsed.records))
        return said

    def _write(self, said: list[ParsedInput]) -> None:
        if not said:
            return
        with transaction.atomic():
            recorded = record(said, self._options.accept_changes)
            turned = _judge(recorded)
            changed = reconcile(recorded.touched | turned.papers)
            data_version.mark_data_changed()
        self._changing |= {digest.pk for digest in recorded.digests} | turned.digests
        self.has_written = True
        self._count(recorded.digests, [one.file for one in said])
        self._report.papers.add(recorded.seen, SEEN)
        self._report.papers.add(recorded.created, CREATED)
        self._report.papers.add(changed, UPDATED)

    def _pass_by(self, unchanged: list[Unchanged]) -> None:
        """Counts digests that need not be written again."""
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

    def _tell(self, judged: Judged) -> None:
        """Reports what was wrong with a file, in the order of the files."""
        if isinstance(judged, RefusedFile):
            self._report.refuse(judged.shown, judged.problem)
        elif isinstance(judged, ParsedInput):
            for problem in judged.parsed.problems:
                self._report.problem_log.add(judged.file, problem)
        elif judged is None:
            self._report.passed_over += 1

    def _tell_of_changes(self) -> None:
        digests = Digest.objects.filter(pk__in=self._changing, changed_count__gt=0)
        for digest in digests.order_by("file", "pk"):
            if problem := problem_of(digest):
                self._report.problem_log.add(digest.file, problem)
        self._changing.clear()


def _judge(recorded: Recorded) -> Turned:
    """Holds back, or lets go, what these digests decide."""
    sources = {digest.source_id for digest in recorded.digests}
    newcomers = papers_of_newcomers(sources, len(recorded.digests))
    return judge(recorded.touched | newcomers)


def _holds(digest: Digest, content: Content) -> bool:
    """Whether the digest is stored with this content, and without a problem to tell again."""
    return digest.content_hash == content.hash and not digest.problem_count


def _require_other_form(file: InputFile, before: Taken, parse: Parse) -> None:
    """Raises DigestRefused unless this is the other form of a digest that was read before, and
    adds nothing to it: the two may stand far apart in an archive.

    Of two other files that are one digest the second would take the papers of the first back.
    """
    is_other_form = are_a_pair(before.shown, file.shown)
    if is_other_form and len(parse(file.content).parsed.records) <= before.records:
        return
    raise DigestRefused(
        "same-digest",
        f"This is the same digest as {before.shown}, which was read before it: the same source, "
        "date and topic. Remove one of them, or import them with other options.",
    )


def _said(file: InputFile, parse: Parse, today: datetime.date) -> ParsedInput | None:
    """The digest in this file; None where the file is none. Raises DigestRefused."""
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
