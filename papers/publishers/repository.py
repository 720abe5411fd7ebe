"""A publisher's git repository: a checkout of its newest commit, shallow, and without old files.

The history may only grow. ``CURRENT`` is the commit of the files on the disk, ``INCOMING`` what the
host offered last. A checkout that was interrupted is completed by the next one.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest_site.private import make_folder
from papers.digests.location import parse_date
from papers.publishers.address import check_address, check_branch
from papers.publishers.errors import FetchFailed
from papers.publishers.git import Progress, git, succeeds

CURRENT = "refs/duizhao/current"
INCOMING = "refs/duizhao/incoming"
MAX_FILES = 200_000
"""Files of a tree. The larger of two real archives has 10,000."""

_LEFT_BY_KILLED = ("*.lock", "refs/**/*.lock", "objects/pack/tmp_*", "objects/pack/.tmp-*")


@dataclass(frozen=True)
class Repository:
    """A git repository at ``address``, checked out in ``folder``."""

    folder: Path
    address: str
    branch: str = ""

    def update(self, progress: Progress = lambda size: None) -> None:
        """Bring the checkout to the newest commit. Raise FetchFailed or AddressRefused."""
        check_address(self.address)
        check_branch(self.branch)
        if not self.folder.is_dir():
            self._clone(progress)
        self._clear_leftovers()
        self._git("config", "remote.origin.url", self.address)
        wanted = f"refs/heads/{self.branch}" if self.branch else "HEAD"
        fetch = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin")
        self._git(*fetch, f"+{wanted}:{INCOMING}", grows=self.folder, progress=progress)
        self._require_growth()
        self._require_few_files()
        checkout = ("checkout", "--quiet", "--force", "--detach", INCOMING)
        self._git(*checkout, grows=self.folder, progress=progress)
        self._git("update-ref", CURRENT, INCOMING)

    def revision(self) -> str:
        """Return the commit of the files on the disk; empty if there is none."""
        if not self.folder.is_dir() or not self._succeeds("show-ref", "--verify", CURRENT):
            return ""
        return self._git("rev-parse", CURRENT).decode().strip()

    def changed_since(self, revision: str) -> list[str]:
        """Return the folders of the days that changed after this commit; everything if it is not
        known."""
        if not revision or not self._succeeds("merge-base", "--is-ancestor", revision, CURRENT):
            return [str(self.folder)]
        names = self._git(
            *("diff", "--name-only", "--no-renames", "--diff-filter=d", "-z", revision, CURRENT)
        )
        days = {day for name in names.split(b"\0") for day in _days(os.fsdecode(name))}
        return [str(self.folder / day) for day in sorted(days)]

    def _clone(self, progress: Progress) -> None:
        make_folder(self.folder.parent)
        draft = self.folder.with_name(f"{self.folder.name}.part")
        shutil.rmtree(draft, ignore_errors=True)
        branch = (f"--branch={self.branch}",) if self.branch else ()
        options = ("--depth=1", "--single-branch", "--no-tags", "--filter=blob:none", "--template=")
        clone = ("clone", "--quiet", "--no-checkout", *options, *branch)
        git(*clone, "--", self.address, str(draft), grows=draft, progress=progress)
        draft.chmod(0o700)
        draft.rename(self.folder)

    def _clear_leftovers(self) -> None:
        """Remove what a killed git left, which would stop the next one. Nobody else is at work."""
        for pattern in _LEFT_BY_KILLED:
            for file in self._git_folder.glob(pattern):
                file.unlink(missing_ok=True)

    def _require_growth(self) -> None:
        known = self._succeeds("show-ref", "--verify", CURRENT)
        if known and not self._succeeds("merge-base", "--is-ancestor", CURRENT, INCOMING):
            raise FetchFailed(
                "its history was rewritten; nothing was taken from it. To take its new history, "
                "run fetch_digests --anew with its name: what was imported stays."
            )

    def _require_few_files(self) -> None:
        if self._git("ls-tree", "-r", "--name-only", "-z", INCOMING).count(b"\0") > MAX_FILES:
            raise FetchFailed(f"more than {MAX_FILES:,} files; nothing was taken from it.")

    @property
    def _git_folder(self) -> Path:
        return self.folder / ".git"

    def _git(self, *arguments: str, **how) -> bytes:
        # Named, because git would else look for a repository in the folders above.
        places = (f"--git-dir={self._git_folder}", f"--work-tree={self.folder}")
        return git(*places, *arguments, **how)

    def _succeeds(self, *arguments: str) -> bool:
        return succeeds(f"--git-dir={self._git_folder}", *arguments)


def _days(name: str) -> Iterator[str]:
    """Yield the folder of the day that a file of the repository belongs to, if it is in one."""
    folders = name.split("/")[:-1]
    for place in range(len(folders) - 1, -1, -1):
        if parse_date(folders[place]):
            yield "/".join(folders[: place + 1])
            return
