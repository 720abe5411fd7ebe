"""The digest files under the paths that somebody gave."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papers.digests.errors import DigestRefused

DIGEST_SUFFIXES = frozenset({".md", ".markdown"})
TWIN_SUFFIX = ".jsonl"
LARGEST_FILE = 64 * 1024 * 1024  # bytes; the largest real digest has about 1 MB


@dataclass(frozen=True)
class DigestFile:
    """A file to read: ``shown`` is its path as people know it, ``path`` where it is."""

    shown: str
    path: Path

    def read(self) -> bytes:
        """The content. Raises DigestRefused where it cannot be read or is too large."""
        try:
            if not self.path.is_file() or self.path.is_symlink():
                raise DigestRefused("unreadable", "This is not a regular file.")
            if self.path.stat().st_size > LARGEST_FILE:
                raise DigestRefused("too-large", f"Larger than {LARGEST_FILE // 2**20} MB.")
            return self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or "unknown error"
            raise DigestRefused("unreadable", f"Cannot be read: {reason}.") from error


@dataclass(frozen=True)
class Found:
    """The files under the given paths, the number of others, the paths that do not exist."""

    files: list[DigestFile]
    passed_over: int
    missing: list[str]


def find(paths: list[str]) -> Found:
    """Digest files in a stable order. A file that is named is taken whatever its ending."""
    files: dict[Path, DigestFile] = {}
    passed_over, missing = 0, []
    for name in paths:
        path = Path(name)
        if not os.path.exists(path):  # Path.exists raises for a name that is too long
            missing.append(name)
        elif not path.is_dir():
            files.setdefault(_absolute(path), DigestFile(name, _absolute(path)))
        else:
            for found in _walk(path):
                if found.suffix.lower() in DIGEST_SUFFIXES:
                    files.setdefault(_absolute(found), DigestFile(str(found), _absolute(found)))
                elif found.suffix.lower() == TWIN_SUFFIX:
                    passed_over += 1
    return Found(list(files.values()), passed_over, missing)


def _absolute(path: Path) -> Path:
    """The whole path without ``..``, so that each part is the name of a folder."""
    return Path(os.path.abspath(path))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
