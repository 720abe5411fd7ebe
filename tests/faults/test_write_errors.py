"""A failing write stops the import with one line and loses nothing."""

import re
import shutil

import pytest

from tests.faults.dump import canonical_dump
from tests.faults.importing import ONE_CORE, import_well, run
from tests.faults.wholeness import left_in
from tests.support import missing

# What fails, as strace names it, and what SQLite says to that.
WRITE, SYNC = "pwrite64", "fsync,fdatasync"
FULL, BROKEN = (WRITE, "ENOSPC", "full"), (WRITE, "EIO", "I/O")
UNSYNCED = (SYNC, "EIO", "I/O")
ONCE, FROM_THEN_ON = "", "+"
QUICK = [
    (FULL, FROM_THEN_ON, 0.5),
    (FULL, ONCE, 0.0),
    (BROKEN, ONCE, 0.75),
    (UNSYNCED, FROM_THEN_ON, 0.25),
]
THOROUGH = [
    (failure, how_long, part / 10 + 0.05)
    for failure in (FULL, BROKEN, UNSYNCED)
    for how_long in (ONCE, FROM_THEN_ON)
    for part in range(10)
]


@pytest.fixture(scope="session")
def count(empty, digests, tmp_path_factory):
    """Return a function that counts these system calls of an import on one file of its database."""
    if shutil.which("strace") is None:
        missing("no strace on PATH; `make ci-tools` installs it")
    database, trace = empty.copy(), tmp_path_factory.mktemp("strace") / "trace"
    watch = strace([database.log, database.file], f"trace={WRITE},{SYNC}", "-y", output=trace)
    import_well(database, digests, under=watch)
    database.drop()
    lines = trace.read_text().splitlines()

    def count(calls, file):
        call = re.compile(rf"\b({calls.replace(',', '|')})\(\d+<[^>]*/{re.escape(file.name)}>")
        return sum(bool(call.search(line)) for line in lines)

    return count


@pytest.mark.parametrize(
    ("failure", "how_long", "part"),
    [*QUICK, *(pytest.param(*case, marks=pytest.mark.faults) for case in THOROUGH)],
)
def test_a_failing_log_stops_the_import_with_one_line(
    failure, how_long, part, count, database, digests, whole
):
    calls, error, said = failure
    number = 1 + int(part * count(calls, database.log))
    failing = strace([database.log], f"inject={calls}:error={error}:when={number}{how_long}")
    ended = run(database, "import_digests", digests, under=failing, environment=ONE_CORE)
    left = left_in(database, whole)
    assert left.wrong == []
    if calls == SYNC and ended.status == 0:
        # It was the sync that begins a checkpoint, of what every commit had synced before: SQLite
        # leaves the checkpoint for another time.
        assert left.digests == whole.digests
    else:
        assert said in ended.complaint
        assert ended.status == 1
    import_well(database, digests)
    assert canonical_dump(database.url) == whole.dump


@pytest.mark.parametrize(
    "part", [0.5, *(pytest.param(part / 10, marks=pytest.mark.faults) for part in range(10))]
)
def test_a_database_file_that_cannot_be_written_loses_nothing(
    part, count, database, digests, whole
):
    """SQLite may well finish without it: the log holds everything, and is kept."""
    number = 1 + int(part * count(WRITE, database.file))
    failing = strace([database.file], f"inject={WRITE}:error=ENOSPC:when={number}+")
    ended = run(database, "import_digests", digests, under=failing, environment=ONE_CORE)
    left = left_in(database, whole)
    assert left.wrong == []
    assert ended.complaint if ended.status else left.digests == whole.digests
    import_well(database, digests)
    assert canonical_dump(database.url) == whole.dump


def strace(files, expression, *more, output="/dev/null"):
    calls = expression.removeprefix("inject=").removeprefix("trace=").partition(":")[0]
    options = ["-f", "-qq", "--seccomp-bpf", "-o", str(output), *more]
    options += [word for file in files for word in ("-P", str(file))]
    return ["strace", *options, "-e", f"trace={calls}", "-e", expression]
