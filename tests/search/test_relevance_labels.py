"""The labels of ``bench/relevance.py`` agree with each other."""

import re
from collections import Counter

from bench.typed_queries import DATA, rows, swapped


def test_every_topic_has_a_query_and_a_relevant_paper():
    relevant = {row["topic"] for row in rows("verdicts.tsv") if row["relevant"] == "yes"}
    assert {row["topic"] for row in rows("queries.tsv")} == relevant
    assert {row["topic"] for row in rows("verdicts.tsv")} == relevant


def test_every_paper_is_judged_once_for_a_topic():
    judged = Counter((row["topic"], row["arxiv_id"]) for row in rows("verdicts.tsv"))
    assert [one for one, times in judged.items() if times > 1] == []
    assert {row["relevant"] for row in rows("verdicts.tsv")} == {"yes", "no"}


def test_a_name_in_quotation_marks_keeps_them():
    assert '"Song Han"' in [row["query"] for row in rows("names.tsv")]


def test_there_are_43_different_spellings_of_an_id():
    spellings = (DATA / "id_spellings.txt").read_text("utf-8").splitlines()
    assert len({*spellings}) == len(spellings) == 43


def test_a_swap_changes_two_neighbours_and_is_the_same_each_time():
    once, again = (swapped("Lanterns in Space", re.compile("[A-Za-z]{5,}"), "1") for _ in "12")
    assert once == again != "Lanterns in Space"
    assert sorted(once) == sorted("Lanterns in Space")
