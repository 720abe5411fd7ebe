"""A digest that can be read: a markdown file, its ``.jsonl`` twin, or both.

A path that cannot be read, such as one that does not exist, is a ``DigestFile`` too. It raises the
error when it is read.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import BinaryIO, NoReturn

from papers.digests.archive_streams import Readable
from papers.digests.errors import DigestRefused
from papers.digests.limits import LARGEST_FILE
from papers.text.sanitize import readable

DIGEST_SUFFIXES = frozenset({".md", ".markdown"})
TWIN_SUFFIX = ".jsonl"


@dataclass(frozen=True)
class DigestFile:
    """A digest that can be read. ``shown`` is its name in messages, ``path`` its location.

    ``read`` returns its content, or raises DigestRefused if it cannot be read or is too large.
    ``twin`` is the same digest in the other format.
    """

    shown: str
    path: PurePath
    read: Callable[[], bytes]
    twin: "DigestFile | None" = None

    @property
    def is_markdown(self) -> bool:
        return self.path.suffix.lower() in DIGEST_SUFFIXES

    @property
    def is_twin(self) -> bool:
        return self.path.suffix.lower() == TWIN_SUFFIX

    def detached(self) -> "DigestFile":
        """Return a copy for another process, with names only: it cannot be read there."""
        return DigestFile(self.shown, self.path, bytes, self.twin and self.twin.detached())


def is_digest_name(path: PurePath) -> bool:
    """Return whether a file found in a folder is a digest by its name. Hidden files are not."""
    is_one = path.suffix.lower() in DIGEST_SUFFIXES or path.suffix.lower() == TWIN_SUFFIX
    return is_one and not path.name.startswith(".")


def refused(shown: str, path: PurePath, error: DigestRefused) -> DigestFile:
    """Return a digest file that raises this error when it is read."""

    def read() -> NoReturn:
        raise error

    return DigestFile(readable(shown), path, read)


def file_on_disk(shown: str, path: Path) -> DigestFile:
    return DigestFile(readable(shown), absolute(path), lambda: _content(path))


def absolute(path: Path) -> Path:
    """Return the absolute path without ``..``, so that each part is the name of a folder."""
    return Path(os.path.abspath(path))


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file. Raise DigestRefused for links, pipes, devices and unreadable files."""
    try:
        # (Without O_NONBLOCK, opening a pipe would wait for a writer.)
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _is_no_file("a link") if path.is_symlink() else no_access(error) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _is_no_file("no regular file")
    return os.fdopen(descriptor, "rb")


def at_most_the_largest(file: Readable) -> bytes:
    """Return the rest of the file. Raise DigestRefused if it is larger than ``LARGEST_FILE``."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise too_large()
    return content


def too_large() -> DigestRefused:
    message = f"Larger than {LARGEST_FILE // 2**20} MB; divide the digest."
    return DigestRefused("too-large", message)


def _content(path: Path) -> bytes:
    with open_regular(path) as file:
        try:
            return at_most_the_largest(file)
        except OSError as error:
            raise no_access(error) from None


def _is_no_file(what: str) -> DigestRefused:
    return DigestRefused("unreadable", f"This is {what}; give the file itself.")


def no_access(error: OSError) -> DigestRefused:
    reason = error.strerror or "unknown error"
    return DigestRefused("unreadable", f"Cannot be read: {reason}; put that right and try again.")


# File names in the folder of a category: AI/README.md and its twin AI/papers.jsonl.
_SAME_STEMS = {"papers": "readme"}


def paired(files: Iterable[DigestFile]) -> Iterator[DigestFile]:
    """Yield the files in order, each markdown file with its twin if that is among them."""
    listed = list(files)
    twins: dict[tuple[PurePath, str], DigestFile] = {}
    for file in listed:
        if file.is_twin:
            twins.setdefault(_pair_key(file.path), file)
    markdown = [file for file in listed if file.is_markdown]
    twin_of = {file: twins.pop(_pair_key(file.path), None) for file in markdown}
    taken = set(twin_of.values())
    for file in listed:
        if file not in taken:
            yield replace(file, twin=twin_of.get(file))


def are_a_pair(one: str, other: str) -> bool:
    """Return whether the names are those of one digest's markdown file and twin."""
    paths = PurePath(one), PurePath(other)
    are_two_forms = sum(path.suffix.lower() == TWIN_SUFFIX for path in paths) == 1
    return are_two_forms and _pair_key(paths[0]) == _pair_key(paths[1])


def _pair_key(path: PurePath) -> tuple[PurePath, str]:
    """Return a key that is equal for a markdown file and its twin, and only for them."""
    stem = path.stem.lower()
    return path.parent, _SAME_STEMS.get(stem, stem)
