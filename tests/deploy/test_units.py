"""The systemd units are valid and give the processes few rights."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.support import missing

UNITS = sorted((Path(settings.BASE_DIR) / "deploy").glob("*.service"))
TIMERS = sorted((Path(settings.BASE_DIR) / "deploy").glob("*.timer"))
MOST_EXPOSED = 4.0  # of ten; 8.5 was what the units had before


def analyze(*arguments: object) -> subprocess.CompletedProcess:
    if not shutil.which("systemd-analyze"):
        missing("no systemd-analyze on PATH")
    command = ["systemd-analyze", "--no-pager", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def installed(tmp_path) -> Path:
    """The units as an operator has them, with a program where they expect one."""
    program = tmp_path / "python"
    program.symlink_to("/bin/true")
    for unit in [*UNITS, *TIMERS]:
        text = unit.read_text("utf-8").replace("/opt/duizhao/.venv/bin/python", str(program))
        (tmp_path / unit.name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("unit", [*UNITS, *TIMERS], ids=lambda unit: unit.name)
def test_systemd_reads_a_unit_without_a_complaint(unit, installed):
    checked = analyze("verify", "--man=no", installed / unit.name)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_is_little_exposed(unit):
    shown = analyze("security", "--offline=true", unit).stdout
    (exposed,) = re.findall(r"Overall exposure level for \S+ (\d+\.\d)", shown)
    assert float(exposed) <= MOST_EXPOSED


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_a_service_makes_is_private(unit):
    assert "UMask=0077" in unit.read_text("utf-8")
