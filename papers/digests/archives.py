"""Read the digests in an archive as a stream, within limits. Nothing is unpacked to disk.

An archive is untrusted input. It may inflate to far more than its size, contain links or paths
that leave it, or be damaged. If it is damaged, the members before the damage are read.
"""

import enum
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import PurePath, PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from papers.digests.archive_streams import (
    ArchiveRefused,
    Meter,
    Readable,
    TarStream,
    ZipStream,
    damaged,
)
from papers.digests.errors import DigestRefused
from papers.digests.files import DigestFile, is_digest_name, paired, refused, too_large
from papers.digests.limits import HELD_IN_MEMORY, LARGEST_FILE, MAX_INFLATED, MAX_MEMBERS
from papers.text.sanitize import readable

HEAD = 512
"""Number of first bytes from which the format of an archive is detected."""


class ArchiveFormat(enum.Enum):
    ZIP = "zip"
    TAR = "tar"
    TAR_GZ = "tar.gz"


_ENDINGS = {
    ".zip": ArchiveFormat.ZIP,
    ".tar": ArchiveFormat.TAR,
    ".tar.gz": ArchiveFormat.TAR_GZ,
    ".tgz": ArchiveFormat.TAR_GZ,
}
_LONGEST_NAME = 1000  # characters, of folders and file together
# Other compression methods may need very much memory.
_USUAL = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Exceptions that the libraries raise for damaged archives.
_DAMAGE = (
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, LookupError, ArithmeticError, RuntimeError),
)


class Member(NamedTuple):
    """One member of an archive.

    ``read`` returns its content. Call it before the next member is taken, because the stream only
    goes forward. It raises DigestRefused if only this member cannot be read, and ArchiveRefused if
    the archive cannot be read any further.
    """

    name: str
    is_regular: bool
    size: int
    read: Callable[[], bytes]


class Held(NamedTuple):
    """A digest of an archive, with the size of its content in memory, in bytes."""

    file: DigestFile
    size: int

    @property
    def folder(self) -> PurePath:
        return self.file.path.parent


def form_of(name: str, head: bytes) -> ArchiveFormat | None:
    """Return the format of an archive from its first bytes or its name; None for other files."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ArchiveFormat.ZIP
    if head.startswith(b"\x1f\x8b"):
        return ArchiveFormat.TAR_GZ
    if head[257:262] == b"ustar":
        return ArchiveFormat.TAR
    return next((form for end, form in _ENDINGS.items() if name.lower().endswith(end)), None)


def without_ending(name: str) -> str:
    """Return the name without the extension of an archive: ``daily.tar.gz`` → ``daily``."""
    ending = next((end for end in _ENDINGS if name.lower().endswith(end)), "")
    return name[: len(name) - len(ending)] or name


def digests_in(
    file: Readable, form: ArchiveFormat, shown: str, place: PurePath
) -> Iterator[DigestFile]:
    """Yield the digests in an archive, each markdown file with its twin.

    ``place`` is the path of the archive as if it were a folder: the digests' paths are below it.
    """
    for _, in_folder in groupby(_until_damage(file, form, shown, place), attrgetter("folder")):
        for batch in _batches(in_folder):
            yield from paired(batch)


def _batches(files: Iterable[Held]) -> Iterator[list[DigestFile]]:
    """Yield the files in lists that take little memory, about ``HELD_IN_MEMORY`` bytes each."""
    batch: list[DigestFile] = []
    size = 0
    for held in files:
        batch.append(held.file)
        size += held.size
        if size > HELD_IN_MEMORY:
            yield batch
            batch, size = [], 0
    yield batch


def _until_damage(
    file: Readable, form: ArchiveFormat, shown: str, place: PurePath
) -> Iterator[Held]:
    """Yield the digests in order. If the archive is damaged, the last one raises that error."""
    try:
        members = (
            _in_zip(file)
            if form == ArchiveFormat.ZIP
            else _in_tar(file, form == ArchiveFormat.TAR_GZ)
        )
        for member in members:
            path = PurePosixPath(member.name)
            if is_digest_name(path) and not _is_hidden(path):
                yield _held(member, path, shown, place)
    except DigestRefused as error:
        yield Held(refused(shown, place, error), 0)
    except _DAMAGE:
        yield Held(refused(shown, place, damaged()), 0)


def _held(member: Member, path: PurePosixPath, shown: str, place: PurePath) -> Held:
    shown = readable(f"{shown}/{path}"[:_LONGEST_NAME])
    try:
        _require_sound(member, path)
        content = member.read()
    except ArchiveRefused:
        raise
    except DigestRefused as error:
        return Held(refused(shown, place, error), 0)
    return Held(DigestFile(shown, place / path, lambda: content), len(content))


def _is_hidden(path: PurePosixPath) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.parts)


def _require_sound(member: Member, path: PurePosixPath) -> None:
    if path.is_absolute() or ".." in path.parts:
        raise DigestRefused("outside", "Its path leaves the archive; it was not read.")
    if len(member.name) > _LONGEST_NAME:
        message = f"Its path is longer than {_LONGEST_NAME:,} characters; it was not read."
        raise DigestRefused("unreadable", message)
    if not member.is_regular:
        message = "This is no regular file but a link or something else; it was not read."
        raise DigestRefused("unreadable", message)
    if member.size > LARGEST_FILE:
        raise too_large()


def _require_not_too_many(number: int) -> None:
    if number > MAX_MEMBERS:
        message = f"The archive has more than {MAX_MEMBERS:,} members; divide it."
        raise ArchiveRefused("too-many", message)


# --- tar


def _in_tar(file: Readable, is_compressed: bool) -> Iterator[Member]:
    stream = TarStream(file, is_compressed)
    archive = tarfile.TarFile(fileobj=stream)  # type: ignore[arg-type]
    for number, member in enumerate(iter(archive.next, None), start=1):
        _require_not_too_many(number)
        archive.members.clear()  # type: ignore[attr-defined]  # else it keeps all members
        archive.pax_headers = {}
        if not member.isdir():
            yield _tar_member(member, stream)
    stream.finish()


def _tar_member(member: tarfile.TarInfo, stream: TarStream) -> Member:
    def read() -> bytes:
        stream.seek(member.offset_data)
        return stream.content(member.size)

    return Member(member.name, member.isreg() and not member.issparse(), member.size, read)


# --- zip


def _in_zip(file: Readable) -> Iterator[Member]:
    with tempfile.TemporaryFile() as copy:
        seekable = _seekable(file, copy)
        size = seekable.seek(0, 2)
        meter = Meter()
        with zipfile.ZipFile(ZipStream(seekable)) as archive:
            _require_not_too_many(len(archive.infolist()))
            for info in sorted(archive.infolist(), key=_folder_and_name):
                if not info.is_dir():
                    yield _zip_member(archive, info, meter, size)


def _seekable(file: Readable, copy: BinaryIO) -> BinaryIO:
    """Return the file, or a copy if it cannot seek: a zip archive is read from its end."""
    if hasattr(file, "seek"):
        return cast(BinaryIO, file)
    meter = Meter()
    while piece := file.read(2**16):
        meter.count(len(piece), MAX_INFLATED)
        copy.write(piece)
    return copy


def _folder_and_name(info: zipfile.ZipInfo) -> tuple[str, str]:
    folder, _, name = info.filename.rpartition("/")
    return folder, name


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter, archive_size: int
) -> Member:
    def read() -> bytes:
        if info.flag_bits & 1 or info.compress_type not in _USUAL:
            message = "It is encrypted or packed in a rare way; unpack it and import the folder."
            raise DigestRefused("unreadable", message)
        try:
            with archive.open(info) as opened:
                content = opened.read(LARGEST_FILE + 1)
        except _DAMAGE:
            message = "It is damaged; fetch the archive again."
            raise DigestRefused("unreadable", message) from None
        meter.count(len(content), archive_size)
        return content

    mode = info.external_attr >> 16
    name = info.filename.replace("\\", "/")  # some programs on Windows write backslashes
    return Member(name, not stat.S_IFMT(mode) or stat.S_ISREG(mode), info.file_size, read)
