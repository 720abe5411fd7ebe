"""Find the digests under the given paths: files, folders, archives and standard input."""

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path, PurePath

from papers.digests import archives
from papers.digests.archive_streams import Rejoined
from papers.digests.errors import DigestRefused
from papers.digests.files import (
    DigestFile,
    absolute,
    at_most_the_largest,
    file_on_disk,
    is_digest_name,
    no_access,
    open_regular,
    paired,
    refused,
)

STANDARD_INPUT = "-"
_STANDARD_INPUT = "standard input"


class DigestFiles(Iterable[DigestFile]):
    """The digests under these paths, in a stable order. Folders are walked during iteration.

    A path that names a file is taken whatever its extension. A file named twice is taken once.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = list(dict.fromkeys(paths))

    def __iter__(self) -> Iterator[DigestFile]:
        seen: set[PurePath] = set()
        for on_disk, files in self._groups():
            for file in files:
                if not (on_disk and file.path in seen):
                    yield file
                if on_disk and len(self._paths) > 1:  # a single path has no file twice
                    seen.add(file.path)

    def count(self) -> int | None:
        """Return the number of digests, for a progress bar, or None if it needs reading a stream.

        Archives and standard input are streams.
        """
        if any(name == STANDARD_INPUT or _archive_form(name) for name in self._paths):
            return None
        return sum(1 for _ in self)

    def _groups(self) -> Iterator[tuple[bool, Iterable[DigestFile]]]:
        """Yield the files of each path, and whether they are on disk.

        Files named one after the other form one group, because a markdown file and its twin may be
        among them.
        """
        for is_file, names in groupby(self._paths, key=_is_digest_on_disk):
            if is_file:
                yield True, paired(file_on_disk(name, Path(name)) for name in names)
                continue
            for name in names:
                if name == STANDARD_INPUT:
                    yield False, _from_standard_input()
                elif not os.path.exists(name):  # Path.exists raises for a name that is too long
                    yield False, [_missing(name)]
                elif os.path.isdir(name):
                    yield True, _in_folder(Path(name))
                else:
                    yield False, _in_archive(name)


def _is_digest_on_disk(name: str) -> bool:
    is_file = name != STANDARD_INPUT and os.path.exists(name) and not os.path.isdir(name)
    return is_file and not _archive_form(name)


def _missing(name: str) -> DigestFile:
    message = "There is no such file or folder; correct the path."
    return refused(name, PurePath(name), DigestRefused("missing", message))


# --- Folders


def _in_folder(folder: Path) -> Iterator[DigestFile]:
    """Yield the digests under a folder. Do not follow links to folders."""
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        yield from _refusals(unreadable)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(parent, name) for name in sorted(names)]
        yield from paired(file_on_disk(str(path), path) for path in paths if is_digest_name(path))
    yield from _refusals(unreadable)


def _refusals(errors: list[OSError]) -> Iterator[DigestFile]:
    while errors:
        error = errors.pop()
        path = Path(os.fsdecode(error.filename))
        yield refused(str(path), absolute(path), no_access(error))


# --- Archives


def _archive_form(name: str) -> archives.ArchiveFormat | None:
    path = Path(name)
    try:
        if not path.is_file():
            return None
        with open_regular(path) as file:
            return archives.form_of(path.name, file.read(archives.HEAD))
    except (DigestRefused, OSError):  # reported when the file is read
        return None


def _in_archive(name: str) -> Iterator[DigestFile]:
    """Yield the digests in an archive, with paths as if it were a folder of the same name."""
    path = absolute(Path(name))
    try:
        with open_regular(path) as file:
            form = archives.form_of(path.name, file.read(archives.HEAD))
            file.seek(0)
            place = path.with_name(archives.without_ending(path.name))
            yield from archives.digests_in(file, form or archives.ArchiveFormat.TAR, name, place)
    except DigestRefused as error:
        yield refused(name, path, error)


# --- Standard input


def _from_standard_input() -> Iterator[DigestFile]:
    """Yield the digest on standard input, or the digests if it is an archive."""
    stream = sys.stdin.buffer
    head = stream.read(archives.HEAD)
    if not head:
        error = DigestRefused("empty", "There is nothing in it; give it a digest or an archive.")
        yield refused(_STANDARD_INPUT, PurePath(), error)
    elif form := archives.form_of("", head):
        rejoined = Rejoined(head, stream)
        yield from archives.digests_in(rejoined, form, _STANDARD_INPUT, PurePath())
    else:
        yield DigestFile(
            _STANDARD_INPUT, PurePath(), lambda: at_most_the_largest(Rejoined(head, stream))
        )
