"""Some files at once on their way into the database: read, compared, parsed, written.

A transaction holds whole digests, so a run that dies leaves whole digests. One for each digest
would do that too, and cost more than what it writes (``docs/design-notes.md``).
"""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from papers import versions
from papers.digests import forms
from papers.digests.errors import DigestRefused, Problem
from papers.digests.evidence import Name, Said, name_of, record, stored_digests
from papers.digests.files import DigestFile
from papers.digests.location import Location, TopicName, locate
from papers.digests.pairs import are_a_pair
from papers.digests.report import CREATED, SEEN, UPDATED, ImportReport
from papers.digests.settling import settle
from papers.models import Appearance, Digest

BYTES = 2 * 2**20
"""Content after which a batch is full: some hundreds of records, written in a fraction of a second.
No digest is divided."""

FILES = 200
"""Files after which it is full, however small they are."""


@dataclass(frozen=True)
class Options:
    """What the operator says, which wins over the paths.

    ``wait`` is how many seconds to wait for another import to end, ``today`` the day of this one.
    """

    source: str | None = None
    date: datetime.date | None = None
    topic: TopicName | None = None
    dry_run: bool = False
    wait: float = 0.0
    today: datetime.date = field(default_factory=timezone.localdate)


@dataclass(frozen=True)
class Found:
    """What a file holds, and where that belongs."""

    shown: str
    content: forms.Content
    location: Location

    @property
    def name(self) -> Name | None:
        """What the digest is called, where the whole of it is known."""
        return name_of(self.location.key) if self.location.key else None

    @property
    def size(self) -> int:
        return len(self.content.content) + len(self.content.twin or b"")


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why."""

    shown: str
    problem: Problem


class Unchanged(NamedTuple):
    """A digest that is stored with this very content."""

    shown: str
    digest: Digest


class Taken(NamedTuple):
    """A digest that this run has read: from which file, and how many records of it."""

    shown: str
    records: int


# What is to be done with a file; None where it is passed over.
Judged = Said | Unchanged | Refused | None


class Batch:
    """Collects files until it is full; ``write`` puts them into the database and tells the report.
    Then it is empty again."""

    def __init__(self, options: Options, report: ImportReport) -> None:
        self.has_written = False  # anything, since it was made
        self._options, self._report = options, report
        self._files: list[Found | Refused] = []
        self._bytes = 0
        self._read: dict[int, str] = {}  # the files of the digests read so far, by the rows' ids

    @property
    def is_full(self) -> bool:
        return self._bytes >= BYTES or len(self._files) >= FILES

    def add(self, file: DigestFile) -> None:
        """Reads the file at once: of an archive it cannot be had later."""
        options = self._options
        self._report.passed_over += file.twin is not None  # of the two forms one is read
        try:
            content = forms.read(file)
            location = locate(file.path).overridden(options.source, options.date, options.topic)
        except DigestRefused as refused:
            self._files.append(Refused(file.shown, refused.problem))
            return
        found = Found(file.shown, content, location)
        self._files.append(found)
        self._bytes += found.size

    def write(self) -> None:
        files, self._files, self._bytes = self._files, [], 0
        judged = self._judge(files)
        self._write([one for one in judged if isinstance(one, Said)])
        self._pass_by([one for one in judged if isinstance(one, Unchanged)])
        for one in judged:
            self._tell(one)

    def _judge(self, files: list[Found | Refused]) -> list[Judged]:
        names = [one.name for one in files if isinstance(one, Found)]
        stored = stored_digests(name for name in names if name)
        taken = {
            name: Taken(self._read[digest.pk], digest.record_count)
            for name, digest in stored.items()
            if digest.pk in self._read
        }
        return [self._judged(file, stored, taken) for file in files]

    def _judged(
        self, file: Found | Refused, stored: dict[Name, Digest], taken: dict[Name, Taken]
    ) -> Judged:
        if isinstance(file, Refused):
            return file
        name = file.name
        try:
            if name and name in taken:
                _require_other_form(file, taken[name])
                return None
            digest = stored.get(name) if name else None
            if name and digest and _holds(digest, file.content):
                taken[name] = Taken(file.shown, digest.record_count)
                return Unchanged(file.shown, digest)
            said = _said(file, self._options.today)
        except DigestRefused as refused:
            return Refused(file.shown, refused.problem)
        if name and said:
            taken[name] = Taken(said.file, len(said.parsed.records))
        return said

    def _write(self, said: list[Said]) -> None:
        if not said:
            return
        with transaction.atomic():
            recorded = record(said)
            changed = settle(recorded.touched)
            versions.bump()
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
        if isinstance(judged, Refused):
            self._report.refuse(judged.shown, judged.problem)
        elif isinstance(judged, Said):
            for problem in judged.parsed.problems:
                self._report.problem_log.add(judged.file, problem)
        elif judged is None:
            self._report.passed_over += 1


def printable(name: str) -> str:
    """A path as it can be printed and stored: file names may hold bytes that are not text."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "?")


def _holds(digest: Digest, content: forms.Content) -> bool:
    """Whether the digest is stored with this content, and without a problem to tell again."""
    return digest.content_hash == content.hash and not digest.problem_count


def _require_other_form(file: Found, before: Taken) -> None:
    """Raises DigestRefused unless this is the other form of a digest that was read before, and
    adds nothing to it: the two may stand far apart in an archive.

    Of two other files that are one digest the second would take the papers of the first back.
    """
    is_other_form = are_a_pair(before.shown, file.shown)
    if is_other_form and len(forms.parse(file.content).parsed.records) <= before.records:
        return
    raise DigestRefused(
        "same-digest",
        f"This is the same digest as {before.shown}, which was read before it: the same source, "
        "date and topic. Remove one of them, or import them with other options.",
    )


def _said(file: Found, today: datetime.date) -> Said | None:
    """The digest in this file; None where the file is none. Raises DigestRefused."""
    reading = _parse(file.content, file.location)
    if reading is None:
        return None
    key = file.location.require_key()
    if key.date > today + datetime.timedelta(days=1):
        raise DigestRefused(
            "future", f"The date {key.date} is after tomorrow; correct it or give --date."
        )
    return Said(key, reading.parsed, reading.file.shown, file.content.hash)


def _parse(content: forms.Content, location: Location) -> forms.Reading | None:
    """The digest in this content; None for a file that is none. Raises DigestRefused."""
    reading = forms.parse(content)
    if not (reading.parsed.records or reading.is_blank):
        if reading.is_table or location.key is None:
            return None
        problems = reading.parsed.problems
        reason = problems[0].message if problems else "It holds no paper."
        raise DigestRefused(
            "no-records",
            f"A digest should be here, and no paper could be read. {reason} Fetch the file again.",
        )
    return reading
