"""Counts of terms by week: imports keep them, removing takes them away, recounting agrees."""

import datetime

import pytest
from django.core.management import call_command

from papers.glossary import term_weeks
from papers.glossary.term_weeks import week_of, weeks_of
from papers.importing.removal import remove_digests
from papers.models import Digest, Term, TermWeek
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


def test_recounting_finds_terms_that_came_later(two_papers, capsys):
    importing(two_papers)
    Term.objects.create(english="lamplight by night", chinese="夜间灯光")
    Term.objects.create(english="dark corpora", chinese="暗处语料")
    assert term_weeks.recount() == 3
    assert weeks_of("dark corpora") == {MONDAY: (1, 1)}


def test_weeks_are_found_without_reading_the_table(django_assert_num_queries):
    with django_assert_num_queries(1):
        weeks_of(RAG)
