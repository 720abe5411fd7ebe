"""Counts of terms by week: imports keep them, removing takes them away, recounting agrees."""

import datetime

import pytest
from django.core.management import call_command

from papers.db.data_version import mark_data_changed
from papers.glossary import term_weeks
from papers.glossary.term_weeks import week_of, weeks_of
from papers.importing.removal import remove_digests
from papers.models import Digest, Term, TermWeek
from papers.operations.checks import terms_are_counted
from tests.importing.conftest import digest, importing  # noqa: F401
from tests.support import record_text

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2025, 1, 27)
RAG = "retrieval augmented generation"
CHAIN = "chain of thought"


def rows():
    return set(TermWeek.objects.values_list("term", "week", "papers", "titles"))


@pytest.fixture
def two_papers(digest):  # noqa: F811
    return digest(
        record_text("2501.98001", "Retrieval-Augmented Generation by Lamplight"),
        record_text("2501.98002", abstract="Retrieval augmented generation and chains of thought."),
    )


@pytest.mark.parametrize("day", ["2025-01-27", "2025-02-02"])
def test_a_week_begins_on_monday(day):
    assert week_of(datetime.date.fromisoformat(day)) == MONDAY


def test_an_import_counts_terms_in_titles_and_abstracts(two_papers):
    importing(two_papers)
    assert weeks_of(RAG) == {MONDAY: (2, 1)}
    assert weeks_of(CHAIN) == {MONDAY: (1, 0)}


def test_importing_again_counts_nothing_twice(two_papers):
    importing(two_papers)
    importing(two_papers)
    assert weeks_of(RAG) == {MONDAY: (2, 1)}


def test_a_paper_moves_to_the_week_in_which_it_was_first_seen(two_papers, digest):  # noqa: F811
    importing(two_papers)
    importing(
        digest(
            record_text("2501.98001", "Retrieval-Augmented Generation by Lamplight"),
            day="2025-01-20",
        )
    )
    assert weeks_of(RAG) == {MONDAY - datetime.timedelta(weeks=1): (1, 1), MONDAY: (1, 0)}


def test_another_title_changes_the_counts(digest):  # noqa: F811
    importing(digest(record_text(title="Chain of Thought in the Dark")))
    importing(digest(record_text(title="Retrieval-Augmented Generation in the Dark")))
    assert (weeks_of(CHAIN), weeks_of(RAG)) == ({}, {MONDAY: (1, 1)})


def test_removing_a_digest_takes_its_papers_away(two_papers):
    importing(two_papers)
    remove_digests(Digest.objects.all())
    assert rows() == set()


def test_recounting_finds_the_same(two_papers):
    importing(two_papers)
    counted = rows()
    TermWeek.objects.all().delete()
    call_command("count_terms")
    assert rows() == counted != set()


def test_recounting_is_due_until_it_is_done_and_finds_terms_that_came_later(two_papers):
    importing(two_papers)
    call_command("count_terms")
    assert terms_are_counted(None, databases=["default"]) == []
    Term.objects.create(english="dark corpora", chinese="暗处语料")
    mark_data_changed()
    (warning,) = terms_are_counted(None, databases=["default"])
    assert "count_terms" in warning.hint
    call_command("count_terms")
    assert not term_weeks.recount_is_due()
    assert weeks_of("dark corpora") == {MONDAY: (1, 1)}


def test_counts_that_are_up_to_date_are_counted_again_only_if_asked(two_papers, capsys):
    importing(two_papers)
    call_command("count_terms")
    TermWeek.objects.all().delete()
    call_command("count_terms")
    assert "up to date" in capsys.readouterr().out
    assert rows() == set()
    call_command("count_terms", "--all")
    assert rows() != set()


def test_weeks_are_found_without_reading_the_table(django_assert_num_queries):
    with django_assert_num_queries(1):
        weeks_of(RAG)
