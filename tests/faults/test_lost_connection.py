"""PostgreSQL stops during an import: one line, and complete digests."""

from tests.faults.dump import canonical_dump
from tests.faults.importing import (
    finish,
    import_well,
    start,
    wait_for_digests,
    wait_until_it_writes,
)
from tests.faults.wholeness import left_in


def test_a_lost_connection_stops_the_import_with_one_line(database, digests, whole):
    process = start(database, "import_digests", digests)
    wait_until_it_writes(process, database)
    wait_for_digests(process, database, whole.digests // 5)
    database.disconnect_everybody()
    ended = finish(process)
    assert "connection" in ended.complaint
    assert ended.status == 1
    assert left_in(database, whole).wrong == []
    import_well(database, digests)
    assert canonical_dump(database.url) == whole.dump
