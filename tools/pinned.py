"""Check that container images and workflow actions are pinned by digest: a tag can be moved."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.locks import ROOT

FILES = [
    ROOT / "deploy/Dockerfile",
    ROOT / "deploy/compose.yaml",
    *sorted(ROOT.glob(".github/workflows/*.yml")),
]
IMAGE = re.compile(r"^\s*(?:image:|ARG \w+_IMAGE=)\s*(\S+)", re.MULTILINE)
FROM = re.compile(r"^FROM\s+(\S+)", re.MULTILINE)
ACTION = re.compile(r"^[\s-]*uses:\s*(\S+)", re.MULTILINE)
OURS = "duizhao"  # built by the same compose file


def unpinned(files: list[Path] = FILES) -> Iterator[str]:
    """Yield a sentence for each image or action that is not pinned by digest."""
    for file in files:
        for name in loose(file.read_text("utf-8")):
            yield f"{file.name}: {name} is not pinned by digest."


def loose(text: str) -> Iterator[str]:
    """Yield the images and actions that a file names by a tag."""
    for name in IMAGE.findall(text):
        if name != OURS and not re.search(r"@sha256:[0-9a-f]{64}$", name):
            yield name
    for name in FROM.findall(text):
        if not name.startswith("${"):  # an ARG, whose default has the digest
            yield name
    for name in ACTION.findall(text):
        if not name.startswith("./") and not re.search(r"@[0-9a-f]{40}$", name):
            yield name
