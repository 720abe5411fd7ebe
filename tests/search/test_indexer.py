"""Rebuilding the index."""

import pytest

from papers import search
from tests.search.conftest import LIBRARY, found


def queries() -> list[str]:
    """The titles of the library."""
    return [record.split("\n")[0].strip("# ") for held in LIBRARY.values() for record in held]


def test_a_rebuilt_index_finds_the_same(library):
    before = [found(query) for query in queries()]
    assert search.rebuild() == 6
    assert [found(query) for query in queries()] == before


def test_a_rebuild_that_breaks_off_leaves_the_old_index(library):
    def broken(chunks):
        yield from chunks
        raise KeyboardInterrupt

    before = [found(query) for query in queries()]
    with pytest.raises(KeyboardInterrupt):
        search.rebuild(broken)
    assert [found(query) for query in queries()] == before
