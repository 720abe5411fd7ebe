"""A full disk stops the import with one line; with free space it completes."""

import subprocess

import pytest

from tests.faults.databases import Sqlite
from tests.faults.dump import canonical_dump
from tests.faults.importing import ONE_CORE, import_well, run
from tests.faults.wholeness import left_in
from tests.support import missing

DISK = 64 * 2**20  # bytes
ROOM = 1 * 2**20  # too little for the import
OTHER_ROOMS = [room * 2**10 for room in (0, 16, 64, 128, 256, 512, 768, 1536)]


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        missing(f"no permission to mount a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    "room", [ROOM, *(pytest.param(room, marks=pytest.mark.faults) for room in OTHER_ROOMS)]
)
def test_a_full_disk_stops_the_import_with_one_line(room, disk, empty, digests, whole):
    database = on_disk(disk, empty)
    ballast = fill(disk, room)
    ended = run(database, "import_digests", digests, environment=ONE_CORE)
    assert ended.complaint
    assert ended.status == 1
    ballast.unlink()
    assert left_in(database, whole).wrong == []
    import_well(database, digests)
    assert canonical_dump(database.url) == whole.dump


def on_disk(disk, empty):
    database = Sqlite(disk / "database")
    database.folder.mkdir()
    database.file.write_bytes(empty.file.read_bytes())
    return database


def fill(disk, room):
    """Fills the disk up to this much room."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(DISK - room - used(disk)))
    return ballast


def used(disk):
    sizes = subprocess.check_output(["df", "--block-size=1", "--output=used", str(disk)], text=True)
    return int(sizes.split()[-1])
