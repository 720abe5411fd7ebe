"""Streams for reading untrusted archives: forward only, with limits on the bytes they yield."""

import gzip
from typing import Any, BinaryIO, Protocol, cast

from papers.digests.errors import DigestRefused
from papers.digests.limits import LARGEST_MEMBER_HEADER, LARGEST_MEMBER_LIST, most_inflated

_PIECE = 2**16


class Readable(Protocol):
    """A binary stream. ``read`` returns fewer bytes than asked for only at the end."""

    def read(self, size: int, /) -> bytes: ...


class ArchiveRefused(DigestRefused):
    """An archive that cannot be read any further."""


def damaged() -> ArchiveRefused:
    message = "The archive is damaged or was cut off here; fetch it again."
    return ArchiveRefused("archive", message)


class Rejoined:
    """A stream whose first bytes were read already to detect its format; it yields them again."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head[:size], self._head[size:]
        return head + self._rest.read(size - len(head)) if len(head) < size else head


class Meter:
    """A count of the bytes inflated from an archive. Raises ArchiveRefused above the limit."""

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
    """The file object from which ``tarfile`` reads a tar archive, forward only.

    ``tarfile`` itself reads only the headers of members, which are limited in size. ``content``
    reads a member.
    """

    def __init__(self, file: Readable, is_compressed: bool) -> None:
        self._raw = raw = _Counted(file)
        # (Reading forward, GzipFile calls only ``read``.)
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
        """Return the next ``size`` bytes. Raise ArchiveRefused if there are fewer."""
        content = self._take(size)
        if len(content) < size:
            raise damaged()
        self._described = 0
        return content

    def finish(self) -> None:
        """Read the rest. Raise ArchiveRefused unless it is zeros, as at the end of an archive."""
        rest = self._last  # the block of zeros that ends an archive, unless it is damaged
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
    """A stream that counts the bytes read from it."""

    def __init__(self, file: Readable) -> None:
        self._file, self.size = file, 0

    def read(self, size: int, /) -> bytes:
        content = self._file.read(size)
        self.size += len(content)
        return content


class ZipStream:
    """The file object from which ``zipfile`` reads a zip archive.

    It limits the size of single reads, as the list of members may give false sizes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        if size > LARGEST_MEMBER_LIST:
            raise damaged()
        return self._file.read(size if size >= 0 else LARGEST_MEMBER_LIST)
