"""What the site is built from: does the lock say the same as the requirements, and the bill of it.

Usage: python tools/supply.py check   the lock and the bill agree with the requirements
       python tools/supply.py bill    write sbom.cdx.json (CycloneDX 1.6) from the lock

It asks no server: names and versions come from the files, licences and who needs whom from what is
installed. ``make lock`` makes the lock itself.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = [ROOT / "requirements.txt", ROOT / "requirements-scale.txt"]
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "sbom.cdx.json"


@dataclass
class Locked:
    """One line of the lock."""

    name: str
    version: str
    marker: Marker | None = None
    hashes: list[str] = field(default_factory=list)

    @property
    def is_for_this_machine(self) -> bool:
        return self.marker is None or self.marker.evaluate()


def required(files: list[Path] = REQUIREMENTS) -> list[Requirement]:
    """What the requirements ask for, pinned."""
    lines = (line.split("#")[0].strip() for file in files for line in file.read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-r")]


def locked(text: str) -> dict[str, Locked]:
    """The lock by name."""
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
    """A sentence for each thing in which the two differ."""
    for one in wanted:
        there = lock.get(_name(one))
        if there is None:
            yield f"{one.name} is required and not locked."
        elif not one.specifier.contains(there.version):
            yield f"{one.name}{one.specifier} is required and {there.version} is locked."
    for there in lock.values():
        if not all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in there.hashes or [""]):
            yield f"{there.name} is locked without sound hashes."
    here = {name for name, one in lock.items() if one.is_for_this_machine}
    if any(_installed(name) not in (lock[name].version, "") for name in here):
        return  # something newer is installed, and may need other things
    needed = _closure(wanted)
    for name in sorted(needed - lock.keys()):
        yield f"{name} is needed by something that is required, and not locked."
    for name in sorted(here - needed):
        yield f"{name} is locked and nothing needs it."


def _installed(name: str) -> str:
    """Its version here; empty where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _closure(wanted: list[Requirement]) -> set[str]:
    """Everything that these need on this machine, themselves included."""
    todo = [(canonicalize_name(one.name), frozenset(one.extras), one.marker) for one in wanted]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras, marker = todo.pop()
        if (name, extras) in done or (marker is not None and not marker.evaluate()):
            continue
        done.add((name, extras))
        todo += [
            (canonicalize_name(one.name), frozenset(one.extras), None)
            for one in _needs(name, extras)
        ]
    return {name for name, _ in done}


def _needs(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What this package needs on this machine with these extras."""
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


def bill(lock: dict[str, Locked]) -> dict:
    """A CycloneDX 1.6 bill of materials: https://cyclonedx.org/docs/1.6/json/"""
    content = " ".join(f"{one.name}=={one.version}" for one in lock.values())
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "duizhao", "bom-ref": "duizhao"}},
        "components": [_component(one) for one in lock.values()],
        "dependencies": [
            {"ref": "duizhao", "dependsOn": sorted(_ref(lock[_name(one)]) for one in required())},
            *({"ref": _ref(one), "dependsOn": _depends_on(one, lock)} for one in lock.values()),
        ],
    }


def _name(one: Requirement) -> str:
    return canonicalize_name(one.name)


def _ref(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _component(one: Locked) -> dict:
    licence = _licence(one.name)
    return {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "purl": _ref(one),
        **({"licenses": [{"license": {"name": licence}}]} if licence else {}),
    }


def _licence(name: str) -> str:
    """As the package says it itself; empty where it is not installed here."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [one for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    short = (said.get("License-Expression") or said.get("License") or "").splitlines()
    return (short or [""])[0] or (classified or [""])[0].rpartition(" :: ")[2]


def _depends_on(one: Locked, lock: dict[str, Locked]) -> list[str]:
    names = {_name(need) for need in _needs(one.name, frozenset())}
    return sorted(_ref(lock[name]) for name in names & lock.keys())


def main(command: str) -> None:
    lock = locked(LOCK.read_text("utf-8"))
    written = json.dumps(bill(lock), indent=1, ensure_ascii=False) + "\n"
    if command == "bill":
        BILL.write_text(written, "utf-8")
        return
    found = list(disagreements(required(), lock))
    listed = {one["bom-ref"] for one in json.loads(BILL.read_text("utf-8"))["components"]}
    if listed != {_ref(one) for one in lock.values()}:
        found.append(f"{BILL.name} does not list what is locked: make lock")
    if found:
        sys.exit("\n".join([*found, "Mend requirements*.txt, or run: make lock"]))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("check", "bill"):
        sys.exit(__doc__)
    main(sys.argv[1])
