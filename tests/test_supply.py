"""The lock of what the site is built from: it says the same as the requirements, by hash."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement

from tools import supply

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def lock() -> dict[str, supply.Locked]:
    return supply.locked(supply.LOCK.read_text("utf-8"))


def said(lock, more: str = "") -> str:
    wanted = supply.required() + ([Requirement(more)] if more else [])
    return "\n".join(supply.disagreements(wanted, lock))


def test_lock_bill_and_requirements_agree():
    checked = subprocess.run(
        [sys.executable, "tools/supply.py", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_a_requirement_that_is_not_locked_is_found(lock):
    assert "leftpad is required and not locked" in said(lock, "leftpad==1.0")


def test_another_version_than_the_locked_one_is_found(lock):
    lock["django"].version = "5.2.1"
    assert "Django==5.2.19 is required and 5.2.1 is locked" in said(lock)


@pytest.mark.parametrize("hashes", [[], ["sha256:12"], ["md5:" + "0" * 32]])
def test_a_line_without_sound_hashes_is_found(lock, hashes):
    lock["gunicorn"].hashes = hashes
    assert "gunicorn is locked without sound hashes" in said(lock)


def test_the_lock_names_no_server():
    assert "://" not in supply.LOCK.read_text("utf-8")


def test_the_bill_lists_all_that_is_locked_with_its_licence(lock):
    bill = json.loads(supply.BILL.read_text("utf-8"))
    licences = {one["name"]: one.get("licenses") for one in bill["components"]}
    assert licences.keys() == lock.keys()
    assert licences["django"] == [{"license": {"name": "BSD-3-Clause"}}]
    refs = {one["bom-ref"] for one in bill["components"]} | {"duizhao"}
    assert {one["ref"] for one in bill["dependencies"]} == refs
