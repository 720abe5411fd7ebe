"""The software bill of materials (CycloneDX 1.6): third-party parts of an installed site.

Format: https://cyclonedx.org/docs/1.6/json/
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from digest_site import VERSION
from tools.locks import ROOT, Locked, name_of, needs, required

BILL = ROOT / "sbom.cdx.json"
SITE = "duizhao"


def write(lock: dict[str, Locked]) -> None:
    BILL.write_text(json.dumps(bill(lock), indent=1, ensure_ascii=False) + "\n", "utf-8")


def disagreements(lock: dict[str, Locked]) -> Iterator[str]:
    """Yield a sentence for each difference between the bill and the lock or the shipped files."""
    written = json.loads(BILL.read_text("utf-8"))
    if written["metadata"]["component"].get("version") != VERSION:
        yield f"{BILL.name} is of another version than {VERSION}."
    listed = {one["bom-ref"]: one.get("hashes") for one in written["components"]}
    for one in _shipped():
        if listed.pop(one["bom-ref"], None) != one["hashes"]:
            yield f"{BILL.name} does not list {one['name']} as it lies here."
    if listed.keys() != {_ref(one) for one in lock.values()}:
        yield f"{BILL.name} does not list what is locked."


def bill(lock: dict[str, Locked]) -> dict:
    """Return the whole bill. Its serial number is a hash of the listed components."""
    components = [*(_component(one) for one in lock.values()), *_shipped()]
    content = " ".join([VERSION, *(one["bom-ref"] for one in components)])
    site = {"type": "application", "name": SITE, "version": VERSION, "bom-ref": SITE}
    used = [_ref(lock[name_of(one)]) for one in required()]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": site | _licensed("id", "MIT")},
        "components": components,
        "dependencies": [
            {"ref": SITE, "dependsOn": sorted([*used, *(one["bom-ref"] for one in _shipped())])},
            *({"ref": _ref(one), "dependsOn": _depends_on(one, lock)} for one in lock.values()),
            *({"ref": one["bom-ref"], "dependsOn": []} for one in _shipped()),
        ],
    }


def _shipped() -> list[dict]:
    """Return the components in the repository besides code: fonts and the dictionary."""
    return [
        *(
            _file(name, f"static/fonts/{file}.woff2", "OFL-1.1", "Adobe (Source Serif)")
            for name, file in (
                ("Duizhao Serif", "duizhao-serif"),
                ("Duizhao Serif in Chinese", "duizhao-serif-in-chinese"),
            )
        ),
        _file("STIX Two Math", "static/fonts/stix-two-math.woff2", "OFL-1.1", "STIX Fonts Project"),
        _file("Terms of the field", "papers/search/terms.txt", "MIT", "Duizhao"),
    ]


def _file(name: str, path: str, licence: str, author: str) -> dict:
    digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    return {
        "type": "data" if Path(path).suffix == ".txt" else "file",
        "bom-ref": path,
        "name": name,
        "authors": [{"name": author}],
        "hashes": [{"alg": "SHA-256", "content": digest}],
        **_licensed("id", licence),
    }


def _licensed(by: str, licence: str) -> dict:
    """Return the licence entry.

    ``by`` is ``id`` for an SPDX identifier, ``name`` for a package's own wording.
    """
    return {"licenses": [{"license": {by: licence}}]} if licence else {}


def _ref(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _component(one: Locked) -> dict:
    return {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "purl": _ref(one),
        **_licensed("name", _licence(one.name)),
    }


def _licence(name: str) -> str:
    """Return the licence that the package declares; empty if it is not installed."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [one for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    short = (said.get("License-Expression") or said.get("License") or "").splitlines()
    return (short or [""])[0] or (classified or [""])[0].rpartition(" :: ")[2]


def _depends_on(one: Locked, lock: dict[str, Locked]) -> list[str]:
    names = {name_of(need) for need in needs(one.name, frozenset())}
    return sorted(_ref(lock[name]) for name in names & lock.keys())
