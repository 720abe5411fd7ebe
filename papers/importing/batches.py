"""Files on their way in, in batches: read at once, parsed while those before them are written."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from papers.digests import formats
from papers.digests.errors import DigestRefused, Problem
from papers.digests.files import DigestFile
from papers.digests.location import Location, TopicName, locate
from papers.importing.evidence import Name, name_of
from papers.importing.prefetch import Prefetcher
from papers.models import Digest

BYTES = 2 * 2**20
"""Content after which a batch is full: some hundreds of records, written in a fraction of a second.
No digest is divided."""

FILES = 200
"""Files after which it is full, however small they are."""


@dataclass(frozen=True)
class Options:
    """What the operator says, which wins over the paths.

    ``wait`` is how many seconds to wait for another import to end, ``today`` the day of this one.
    ``accept_changes`` lets digests change the English of papers that another source gave.
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
    """What a file holds, and where that belongs."""

    file: DigestFile
    content: formats.Content
    location: Location

    @property
    def shown(self) -> str:
        return self.file.shown

    @property
    def name(self) -> Name | None:
        """What the digest is called, where the whole of it is known."""
        return name_of(self.location.key) if self.location.key else None

    @property
    def size(self) -> int:
        return len(self.content.content) + len(self.content.twin or b"")


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken, and why."""

    file: DigestFile
    problem: Problem

    @property
    def shown(self) -> str:
        return self.file.shown


Batch = list[InputFile | RefusedFile]


def incoming(
    files: Iterable[DigestFile], options: Options, prefetcher: Prefetcher
) -> Iterator[Batch]:
    """The files in batches; each comes when the next one has been read, and is being parsed."""
    stored = set(Digest.objects.values_list("content_hash", flat=True))
    waiting: Batch = []
    for batch in _batches(files, options):
        if waiting:
            contents = (one.content for one in batch if isinstance(one, InputFile))
            prefetcher.start(content for content in contents if content.hash not in stored)
            yield waiting
        waiting = batch
    if waiting:
        yield waiting


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
    """Reads the file at once: of an archive it cannot be had later."""
    try:
        content = formats.read(file)
        location = locate(file.path).overridden(options.source, options.date, options.topic)
    except DigestRefused as refused:
        return RefusedFile(file, refused.problem)
    return InputFile(file, content, location)
