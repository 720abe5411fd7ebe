"""Batches of input files: read some, and parse them while the batch before them is written."""

import datetime
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from django.utils import timezone

from papers.digests import formats
from papers.digests.errors import DigestRefused, Problem
from papers.digests.files import DigestFile
from papers.digests.location import Location, TopicName, locate
from papers.importing.evidence import Name, name_of
from papers.importing.prefetch import Prefetcher
from papers.models import Digest

BYTES = 2 * 2**20
"""Bytes of content after which a batch is full: some hundreds of records, written in less than a
second. A digest is never split between batches."""

FILES = 200
"""Number of files after which a batch is full, even if they are small."""

AHEAD = 2
"""Batches that are parsed while one is written. With one, a process waits for the other at the end
of each batch."""


@dataclass(frozen=True)
class Options:
    """Options of one import run.

    ``source``, ``date`` and ``topic`` override what the paths of the files give. ``wait`` is the
    number of seconds to wait for another import to end, ``today`` the day of this run.
    ``accept_changes`` lets digests change the English text of papers that come from another source.
    """

    source: str | None = None
    date: datetime.date | None = None
    topic: TopicName | None = None
    dry_run: bool = False
    wait: float = 0.0
    accept_changes: bool = False
    today: datetime.date = field(default_factory=timezone.localdate)


@dataclass(frozen=True)
class InputFile:
    """A file with its content, and the source, date and topic that it belongs to."""

    file: DigestFile
    content: formats.Content
    location: Location

    @property
    def shown(self) -> str:
        return self.file.shown

    @property
    def name(self) -> Name | None:
        """The digest's source, date and topic, or None if one of them is unknown."""
        return name_of(self.location.key) if self.location.key else None

    @property
    def size(self) -> int:
        return len(self.content.content) + len(self.content.twin or b"")


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not imported, and the reason."""

    file: DigestFile
    problem: Problem

    @property
    def shown(self) -> str:
        return self.file.shown


Batch = list[InputFile | RefusedFile]


def incoming(
    files: Iterable[DigestFile], options: Options, prefetcher: Prefetcher
) -> Iterator[Batch]:
    """Yield the files in batches, each once the next are read and their parsing has started."""
    stored = set(Digest.objects.values_list("content_hash", flat=True))
    waiting: deque[Batch] = deque()
    for batch in _batches(files, options):
        if waiting:
            prefetcher.start(one.content for one in batch if _is_new_digest(one, stored))
        waiting.append(batch)
        if len(waiting) > AHEAD:
            yield waiting.popleft()
    yield from waiting


def _is_new_digest(one: InputFile | RefusedFile, stored: set[str]) -> TypeGuard[InputFile]:
    """Return whether the file belongs to a digest and was not imported before as it is.

    A file without source, date or topic is nearly always a table of links, which is read at once;
    no worker needs to start for it.
    """
    if isinstance(one, RefusedFile) or one.location.key is None:
        return False
    return one.content.hash not in stored


def _batches(files: Iterable[DigestFile], options: Options) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for file in files:
        one = _read(file, options)
        batch.append(one)
        size += one.size if isinstance(one, InputFile) else 0
        if size >= BYTES or len(batch) >= FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(file: DigestFile, options: Options) -> InputFile | RefusedFile:
    """Read the file now: a member of an archive cannot be read again later."""
    try:
        content = formats.read(file)
        location = locate(file.path).overridden(options.source, options.date, options.topic)
    except DigestRefused as refused:
        return RefusedFile(file, refused.problem)
    return InputFile(file, content, location)
