"""The supply chain: packages locked by hash, images pinned by digest, a bill of materials."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from setuptools.config.pyprojecttoml import read_configuration

from digest_site import VERSION
from tools import bill, locks, pinned

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def lock() -> dict[str, locks.Locked]:
    return locks.read(locks.LOCK)


def said(lock, more: str = "") -> str:
    wanted = locks.required() + ([Requirement(more)] if more else [])
    return "\n".join(locks.disagreements(wanted, lock))


def test_locks_bill_pins_and_requirements_agree():
    checked = subprocess.run(
        [sys.executable, "-m", "tools.supply", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_every_file_that_names_the_version_names_the_same():
    assert f"version: {VERSION}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'image.version="{VERSION}"' in (ROOT / "deploy/Dockerfile").read_text("utf-8")
    said = subprocess.run(
        [sys.executable, "tools/version.py", "--changes"], cwd=ROOT, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.count("\n") > 5


def test_the_project_describes_itself_as_it_is():
    project = read_configuration(ROOT / "pyproject.toml")["project"]
    assert project["version"] == VERSION
    needed = [Requirement(line.split("#")[0]) for line in project["dependencies"]]
    assert needed == locks.required()


def test_a_requirement_that_is_not_locked_is_found(lock):
    assert "leftpad is required and not locked" in said(lock, "leftpad==1.0")


def test_another_version_than_the_locked_one_is_found(lock):
    lock["django"].version = "5.2.1"
    assert "Django==5.2.19 is required and 5.2.1 is locked" in said(lock)


@pytest.mark.parametrize("hashes", [[], ["sha256:12"], ["md5:" + "0" * 32]])
def test_a_line_without_sound_hashes_is_found(lock, hashes):
    lock["gunicorn"].hashes = hashes
    assert "gunicorn is locked without sound hashes" in said(lock)


def test_a_package_that_something_needs_and_nothing_locks_is_found(lock):
    del lock["sqlparse"]
    assert "sqlparse is needed by something that is required, and not locked" in said(lock)


def test_tests_that_run_with_another_version_than_a_server_are_found(lock):
    dev = locks.read(locks.DEV_LOCK)
    dev["django"].version = "5.2.1"
    assert list(locks.differences(lock, dev)) == [
        "django 5.2.19 runs on a server, and 5.2.1 in the tests."
    ]


@pytest.mark.parametrize("file", [locks.LOCK, locks.DEV_LOCK])
def test_a_lock_names_no_server(file):
    assert "://" not in file.read_text("utf-8")


@pytest.mark.parametrize("file", ["Makefile", "deploy/Dockerfile"])
def test_only_what_is_known_by_its_hash_is_installed_for_a_site(file):
    text = (ROOT / file).read_text("utf-8").replace("\\\n", " ")
    installing = [line for line in text.splitlines() if "requirements" in line and "pip" in line]
    assert installing
    assert all("--require-hashes" in line for line in installing if "install" in line)
    assert "requirements.txt ./" not in text


def test_what_builds_a_library_from_source_is_locked_too():
    assert all(one.hashes for one in locks.read(ROOT / "requirements-build.txt").values())


def test_the_bill_lists_all_that_is_locked_with_its_licence(lock):
    written = json.loads(bill.BILL.read_text("utf-8"))
    libraries = [one for one in written["components"] if one["type"] == "library"]
    licences = {one["name"]: one.get("licenses") for one in libraries}
    assert licences.keys() == lock.keys()
    assert licences["django"] == [{"license": {"name": "BSD-3-Clause"}}]
    refs = {one["bom-ref"] for one in written["components"]} | {"duizhao"}
    assert {one["ref"] for one in written["dependencies"]} == refs


def test_the_bill_says_which_version_of_the_site_it_is_of():
    site = json.loads(bill.BILL.read_text("utf-8"))["metadata"]["component"]
    assert (site["name"], site["version"]) == ("duizhao", VERSION)


def test_the_bill_lists_every_font_and_the_dictionary_as_they_lie_here():
    written = json.loads(bill.BILL.read_text("utf-8"))
    listed = {one["bom-ref"]: one for one in written["components"] if "hashes" in one}
    fonts = {str(file.relative_to(ROOT)) for file in ROOT.glob("static/fonts/*.woff2")}
    assert listed.keys() == fonts | {"papers/search/terms.txt"}
    for path, one in listed.items():
        found = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        assert one["hashes"] == [{"alg": "SHA-256", "content": found}]
    assert all(listed[font]["licenses"] == [{"license": {"id": "OFL-1.1"}}] for font in fonts)


@pytest.mark.parametrize(
    "text",
    [
        "    image: redis:7",
        "FROM python:3.11-slim",
        "ARG PYTHON_IMAGE=python:3.11-slim",
        "      - uses: actions/checkout@v4",
        "image: redis@sha256:12",
    ],
)
def test_an_image_or_an_action_that_is_named_by_a_tag_is_found(text):
    assert len(list(pinned.loose(text))) == 1


def test_the_locked_versions_are_audited_every_week():
    workflow = (ROOT / ".github/workflows/audit.yml").read_text("utf-8")
    assert "schedule:" in workflow
    assert "make audit" in workflow
