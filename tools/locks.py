"""Read the lock files: exact versions of the requirements, with the hashes of all files.

No server is asked: names and versions come from the files, dependencies from the installed
packages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = [ROOT / "requirements.txt"]
LOCK = ROOT / "requirements.lock"
NOTIFY_REQUIREMENTS = [ROOT / "requirements-notify.txt"]
NOTIFY_LOCK = ROOT / "requirements-notify.lock"
DEV_REQUIREMENTS = [*REQUIREMENTS, *NOTIFY_REQUIREMENTS, ROOT / "requirements-dev.txt"]
DEV_LOCK = ROOT / "requirements-dev.lock"


@dataclass
class Locked:
    """A package in the lock."""

    name: str
    version: str
    marker: Marker | None = None
    hashes: list[str] = field(default_factory=list)

    @property
    def is_for_this_machine(self) -> bool:
        return self.marker is None or self.marker.evaluate()


def required(files: list[Path] = REQUIREMENTS) -> list[Requirement]:
    """Return the requirements, pinned to exact versions."""
    lines = (line.split("#")[0].strip() for file in files for line in file.read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-r")]


def read(file: Path) -> dict[str, Locked]:
    """Return the packages of a lock by name."""
    return locked(file.read_text("utf-8"))


def locked(text: str) -> dict[str, Locked]:
    found: dict[str, Locked] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        said, *hashes = re.split(r"\s+--hash=", line.strip())
        one = Requirement(said)
        (pin,) = one.specifier
        name = canonicalize_name(one.name)
        found[name] = Locked(name, pin.version, one.marker, [each.strip() for each in hashes])
    return found


def disagreements(wanted: list[Requirement], lock: dict[str, Locked]) -> Iterator[str]:
    """Yield a sentence for each difference between the requirements and the lock."""
    for one in wanted:
        there = lock.get(name_of(one))
        if there is None:
            yield f"{one.name} is required and not locked."
        elif not one.specifier.contains(there.version):
            yield f"{one.name}{one.specifier} is required and {there.version} is locked."
    for there in lock.values():
        if not all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in there.hashes or [""]):
            yield f"{there.name} is locked without sound hashes."
    here = {name for name, one in lock.items() if one.is_for_this_machine}
    if any(_installed(name) not in (lock[name].version, "") for name in here):
        return  # another version is installed, and may have other dependencies
    needed = _closure(wanted)
    for name in sorted(needed - lock.keys()):
        yield f"{name} is needed by something that is required, and not locked."
    for name in sorted(here - needed):
        yield f"{name} is locked and nothing needs it."


def name_of(one: Requirement) -> str:
    return canonicalize_name(one.name)


def _installed(name: str) -> str:
    """Return the installed version; empty if the package is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _closure(wanted: list[Requirement]) -> set[str]:
    """Return the requirements and all of their dependencies on this machine."""
    todo = [(canonicalize_name(one.name), frozenset(one.extras), one.marker) for one in wanted]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras, marker = todo.pop()
        if (name, extras) in done or (marker is not None and not marker.evaluate()):
            continue
        done.add((name, extras))
        todo += [
            (canonicalize_name(one.name), frozenset(one.extras), None)
            for one in needs(name, extras)
        ]
    return {name for name, _ in done}


def needs(name: str, extras: frozenset[str]) -> list[Requirement]:
    """Return the dependencies of this package on this machine with these extras."""
    try:
        said = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    wishes = [{"extra": extra} for extra in ("", *extras)]
    return [
        one
        for one in map(Requirement, said)
        if one.marker is None or any(one.marker.evaluate(wish) for wish in wishes)
    ]


def differences(lock: dict[str, Locked], dev: dict[str, Locked]) -> Iterator[str]:
    """Yield a sentence for each package whose version differs between the two locks."""
    for name, one in lock.items():
        tested = dev[name].version if name in dev else "none"
        if tested != one.version:
            yield f"{name} {one.version} runs on a server, and {tested} in the tests."
