"""An import that is killed leaves complete digests; the next import adds the rest."""

import os
import random
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.databases import ON_POSTGRES
from tests.faults.dump import canonical_dump
from tests.faults.importing import (
    CARELESS_IMPORTER,
    ONE_CORE,
    import_well,
    start,
    wait_for_digests,
    wait_until_it_writes,
)
from tests.faults.wholeness import left_in

# In one batch: a few in `make test`, more with FAULTS=1.
THOROUGH = os.environ.get("FAULTS") == "1"
KILLS = (5 if ON_POSTGRES else 20) if THOROUGH else 3
BATCHES = 4 if ON_POSTGRES else 10
LIVE = 0.75 if KILLS > 5 else 0.5  # of the kills hit between the first digest and the last
CARELESS_KILLS = 5  # within which an importer without transactions must be noticed
PYTHONS_OWN_SQLITE = {"PYTHONPATH": str(Path(__file__).parent / "without_pysqlite3")}


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.faults) for seed in range(1, BATCHES))]
)
def test_a_killed_import_leaves_whole_digests_and_is_completed(seed, new_database, digests, whole):
    kill_and_complete(seed, new_database, digests, whole)


@pytest.mark.faults
@pytest.mark.skipif(ON_POSTGRES, reason="of SQLite")
def test_the_same_holds_for_pythons_own_sqlite(new_database, digests, whole):
    """Which keeps a rollback journal where it is too old for a write-ahead log. While that one
    commits nobody can read how far it is, so that more kills come before or after the work."""
    kill_and_complete(98, new_database, digests, whole, 0.5, environment=PYTHONS_OWN_SQLITE)


def test_an_importer_that_commits_every_row_is_noticed(new_database, digests, whole):
    def wrong_after(moment):
        database = new_database()
        kill(database, digests, moment, program=CARELESS_IMPORTER, environment=ONE_CORE)
        return left_in(database, whole).wrong

    assert any(wrong_after(moment) for moment in moments(99, whole, CARELESS_KILLS))


def kill_and_complete(seed, new_database, digests, whole, share_live=LIVE, **how):
    live = 0
    for moment in moments(seed, whole):
        database = new_database()
        kill(database, digests, moment, **how)
        left = left_in(database, whole)
        assert left.wrong == []
        live += 0 < left.digests < whole.digests
        import_well(database, digests, **how)
        assert canonical_dump(database.url) == whole.dump
    assert live >= share_live * KILLS


class Moment(NamedTuple):
    """When so many digests have been committed, and so many seconds more: anywhere in the work."""

    digests: int
    seconds: float


def moments(seed, whole, number=KILLS):
    """Random moments of the work. It is followed from outside, as other imports may be quicker or
    slower than the quiet one; the last tenth is left out, so that none is over before the kill."""
    dice = random.Random(seed)
    one_digest = whole.seconds / whole.digests
    return [
        Moment(dice.randrange(whole.digests * 9 // 10), dice.uniform(0, 2 * one_digest))
        for _ in range(number)
    ]


def kill(database, digests, moment, **how):
    process = start(database, "import_digests", digests, **how)
    wait_until_it_writes(process, database)
    wait_for_digests(process, database, moment.digests)
    time.sleep(moment.seconds)
    process.kill()
    process.communicate()
