"""Two imports at once: nothing is lost or doubled, and the message explains why."""

import re

import pytest

from tests.faults.databases import ON_POSTGRES
from tests.faults.dump import canonical_dump
from tests.faults.importing import ONE_CORE, finish, run, start, wait_until_it_writes

QUICK = 1
PAIRS = 20
RUNNING = re.compile(
    r"Another import is running \(process (\d+) since .+\); "
    r"try again when it has finished, or use --wait SECONDS\."
)


@pytest.mark.parametrize(
    "pair",
    [
        *range(QUICK),
        *(pytest.param(pair, marks=pytest.mark.faults) for pair in range(QUICK, PAIRS)),
    ],
)
def test_two_imports_at_once_lose_and_double_nothing(pair, database, digests, whole):
    both = [importing(database, digests) for _ in range(2)]
    ended = [finish(process) for process in both]
    assert any(one.status == 0 for one in ended)
    for one in ended:
        assert one.status == 0 or RUNNING.search(one.complaint)
    assert canonical_dump(database.url) == whole.dump


def test_a_second_import_says_which_process_is_at_it(database, digests):
    first = importing(database, digests)
    wait_until_it_writes(first, database)
    second = run(database, "import_digests", digests)
    said = RUNNING.search(second.complaint)
    assert said
    assert said[1] == str(first.pid) or ON_POSTGRES
    assert second.status == 1
    assert finish(first).status == 0


def test_a_second_import_waits_when_it_is_told_to(database, digests, whole):
    both = [importing(database, digests, "--wait", 60) for _ in range(2)]
    assert [finish(process).status for process in both] == [0, 0]
    assert canonical_dump(database.url) == whole.dump


def importing(database, *arguments):
    return start(database, "import_digests", *arguments, environment=ONE_CORE)
