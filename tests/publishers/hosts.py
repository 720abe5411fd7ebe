"""A publisher's repository on this machine, which grows as publishers' do."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support import missing, record_text

_AS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A Publisher" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "publisher@example.org" for who in ("AUTHOR", "COMMITTER")},
}


@dataclass(frozen=True)
class GitHost:
    """A repository in a folder; ``url`` is its address."""

    folder: Path

    @classmethod
    def create(cls, folder: Path) -> "GitHost":
        if not shutil.which("git"):
            missing("no git on PATH")
        folder.mkdir()
        host = cls(folder)
        host.git("init", "--quiet", "--initial-branch=main")
        host.git("config", "uploadpack.allowFilter", "true")
        host.publish("README.md", "# Digests of every day\n")
        return host

    @property
    def url(self) -> str:
        return self.folder.as_uri()

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=os.environ | _AS,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def publish(self, name: str, content: str) -> None:
        """Write a file and commit everything."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
        self.commit()

    def publish_day(self, day: str, *arxiv_ids: str, topic: str = "Lamps") -> None:
        """Publish a digest of one topic, in which each title names its paper."""
        texts = (record_text(arxiv_id=one, title=f"Lamp number {one}") for one in arxiv_ids)
        self.publish(f"{day}/topic/{topic}_related_papers.md", "".join(texts))

    def commit(self, *options: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=New digests", *options)

    def rewrite(self) -> None:
        """Replace the newest commit, as a forced push does."""
        self.git("commit", "--quiet", "--amend", "--message=Other digests")
