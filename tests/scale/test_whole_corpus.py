"""All real digests: what is imported of them, and what their references say when read back."""

import pytest

from papers.citations import bibtex, ris
from papers.citations.export import references
from papers.models import Paper
from tests.citations.test_read_back import assert_bibtex_says, assert_ris_says
from tests.importing.conftest import all_rows, as_json, importing

pytestmark = [pytest.mark.corpus, pytest.mark.scale]

FIGURES = {
    "digests": 489,
    "digests_empty": 14,
    "records": 24_336,
    "repeats": 279,
    "papers_created": 13_318,
    "problems": [],
}


@pytest.mark.django_db
def test_all_of_it_is_imported_and_again_changes_nothing(corpus):
    report = as_json(importing(corpus / "corpus"))
    assert {name: report[name] for name in FIGURES} == FIGURES
    before = all_rows()
    again = as_json(importing(corpus / "corpus"))
    changes = ("papers_created", "papers_updated", "papers_unchanged")
    assert [again[name] for name in changes] == [0, 0, 13_318]
    assert all_rows() == before


@pytest.mark.django_db
def test_all_references_read_back(corpus):
    importing(corpus / "corpus")
    taken = list(references(Paper.objects.published().newest_first()))
    assert len(taken) == 13_318
    assert len({one.key for one in taken}) == 13_318
    assert_ris_says("".join(ris.write(taken)), taken)
    assert_bibtex_says("".join(bibtex.write(taken)), taken)
