"""A markdown digest and its ``.jsonl`` twin in one folder are the same digest."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from papers.digests.files import TWIN_SUFFIX, DigestFile

# How the folder of a category names the two: AI/README.md, AI/papers.jsonl.
_SAME_STEMS = {"papers": "readme"}


def paired(files: Iterable[DigestFile]) -> Iterator[DigestFile]:
    """The files in their order, each markdown file with its twin where that is among them."""
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
    """Whether these are the names of the two forms of one digest: one markdown, one twin."""
    paths = PurePath(one), PurePath(other)
    are_two_forms = sum(path.suffix.lower() == TWIN_SUFFIX for path in paths) == 1
    return are_two_forms and _pair_key(paths[0]) == _pair_key(paths[1])


def _pair_key(path: PurePath) -> tuple[PurePath, str]:
    """What a markdown file and its twin have in common, and no other two files have."""
    stem = path.stem.lower()
    return path.parent, _SAME_STEMS.get(stem, stem)
