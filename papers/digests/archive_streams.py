"""Streams of a stranger's bytes that only go forward, and know how much has come out of them."""

import gzip
from typing import Any, BinaryIO, Protocol, cast

from papers.digests.errors import DigestRefused
from papers.digests.limits import LARGEST_MEMBER_HEADER, LARGEST_MEMBER_LIST, most_inflated

_PIECE = 2**16


class Readable(Protocol):
    """Something to read from; it gives less than asked for only at its end."""

    def read(self, size: int, /) -> bytes: ...


class ArchiveRefused(DigestRefused):
    """An archive from which nothing more can be taken."""


def damaged() -> ArchiveRefused:
    message = "The archive is damaged or was cut off here; fetch it again."
    return ArchiveRefused("archive", message)


class Rejoined:
    """A stream of which the beginning has been read to see what it is."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head[:size], self._head[size:]
        return head + self._rest.read(size - len(head)) if len(head) < size else head


class Meter:
    """Counts what came out of an archive. Raises ArchiveRefused where it is too much."""

    def __init__(self) -> None:
        self.inflated = 0

    def count(self, size: int, archive_size: int) -> None:
        self.inflated += size
        if self.inflated > most_inflated(archive_size):
            raise ArchiveRefused(
                "too-large",
                f"The archive inflates to more than {most_inflated(archive_size) // 2**20:,} MB, "
                f"too much for its {archive_size:,} bytes; unpack it and import the folder.",
            )


class TarStream:
    """What ``tarfile`` needs in order to read a tar archive that only goes forward.

    ``tarfile`` reads only what describes the members, which must not be large;
    ``content`` reads a member.
    """

    def __init__(self, file: Readable, is_compressed: bool) -> None:
        self._raw = raw = _Counted(file)
        # (GzipFile needs no more than read to go forward.)
        self._file: Readable = gzip.GzipFile(fileobj=cast(Any, raw)) if is_compressed else raw
        self._meter = Meter()
        self._described = 0
        self._last = b""

    def tell(self) -> int:
        return self._meter.inflated

    def seek(self, place: int) -> None:
        if place < self.tell():
            raise damaged()
        while size := min(place - self.tell(), _PIECE):
            self.content(size)

    def read(self, size: int, /) -> bytes:
        self._described += size
        if self._described > LARGEST_MEMBER_HEADER:
            raise damaged()
        self._last = self._take(size)
        return self._last

    def content(self, size: int) -> bytes:
        """The next bytes, all of them."""
        content = self._take(size)
        if len(content) < size:
            raise damaged()
        self._described = 0
        return content

    def finish(self) -> None:
        """Reads what is left. Raises ArchiveRefused unless the archive ended as it should."""
        rest = self._last  # the block of zeros that ends an archive, else what is no member
        if not rest:
            raise damaged()
        while rest:
            if rest.strip(b"\0"):
                raise damaged()
            rest = self._take(_PIECE)

    def _take(self, size: int) -> bytes:
        content = self._file.read(size)
        self._meter.count(len(content), self._raw.size)
        return content


class _Counted:
    """A stream that knows how many bytes were read from it."""

    def __init__(self, file: Readable) -> None:
        self._file, self.size = file, 0

    def read(self, size: int, /) -> bytes:
        content = self._file.read(size)
        self.size += len(content)
        return content


class ZipStream:
    """What ``zipfile`` needs in order to read a zip archive whose list of members may lie."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        if size > LARGEST_MEMBER_LIST:
            raise damaged()
        return self._file.read(size if size >= 0 else LARGEST_MEMBER_LIST)
