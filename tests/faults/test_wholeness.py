"""The consistency check of the fault tests detects inconsistent databases."""

import pytest

from tests.faults.dump import connect
from tests.faults.wholeness import left_in

WRONG = {
    "an index entry without its document": "DELETE FROM papers_search WHERE {key} = "
    "(SELECT min(place) FROM papers_search_entry)",
    "a document without its entry": "DELETE FROM papers_search_entry WHERE place = "
    "(SELECT min(place) FROM papers_search_entry)",
    "a paper without a topic": "DELETE FROM papers_papertopic WHERE paper_id = "
    "(SELECT min(id) FROM papers_paper)",
}


def test_a_whole_import_has_nothing_wrong(filled, whole):
    assert left_in(filled, whole).wrong == []


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG)
def test_it_is_noticed(statement, filled, whole):
    key = "rowid" if filled.url.startswith("sqlite") else "place"
    with connect(filled.url) as database:
        database.execute(statement.format(key=key))
        database.commit()
    assert left_in(filled, whole).wrong != []
