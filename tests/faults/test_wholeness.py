"""The consistency check of the fault tests detects inconsistent databases."""

import pytest

from tests.faults.dump import connect
from tests.faults.importing import run_well
from tests.faults.wholeness import left_in

WRONG = {
    "an index entry without its document": "DELETE FROM papers_search WHERE {key} = "
    "(SELECT min(place) FROM papers_search_entry)",
    "a document without its entry": "DELETE FROM papers_search_entry WHERE place = "
    "(SELECT min(place) FROM papers_search_entry)",
    "a paper without a topic": "DELETE FROM papers_papertopic WHERE paper_id = "
    "(SELECT min(id) FROM papers_paper)",
}


@pytest.fixture
def imported(database, digests):
    run_well(database, "import_digests", digests)
    return database


def test_a_whole_import_has_nothing_wrong(imported, whole):
    assert left_in(imported, whole).wrong == []


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG)
def test_it_is_noticed(statement, imported, whole):
    key = "rowid" if imported.url.startswith("sqlite") else "place"
    with connect(imported.url) as database:
        database.execute(statement.format(key=key))
        database.commit()
    assert left_in(imported, whole).wrong != []
