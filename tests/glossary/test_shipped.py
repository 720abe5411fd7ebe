"""The glossary that ships with the site: its size, and its measured quality."""

import random
from pathlib import Path
from time import process_time

import pytest

from papers.glossary import Kind, shipped, shipped_glossary
from papers.glossary.tokens import chinese_key

DATA = Path(__file__).parents[1] / "data/glossary"
DRAWN = 20261129


@pytest.fixture(scope="module")
def mined():
    return shipped.read(shipped.FILE)


def rows(name):
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_it_has_ten_thousand_core_pairs_in_a_file_under_one_and_a_half_megabytes(mined):
    assert sum(pair.kind == Kind.CORE for pair in mined) >= 10_000
    assert shipped.FILE.stat().st_size < 1_500_000


def test_the_labelled_pairs_are_a_random_sample_of_it(mined):
    core = [pair for pair in mined if pair.kind == Kind.CORE]
    drawn = random.Random(DRAWN).sample(core, 200)
    assert [(one.english, one.chinese) for one in drawn] == [
        (english, chinese) for _, english, chinese, *_ in rows("core_pairs.tsv")
    ], "the terms were mined again: draw 200 pairs again and read them"


def test_of_200_core_pairs_at_least_95_in_100_translate_each_other():
    labels = [label for label, *_ in rows("core_pairs.tsv")]
    assert set(labels) <= {"right", "awkward", "fragment", "wrong"}
    right = 200 - labels.count("wrong")
    assert right / 200 >= 0.95


def test_at_least_150_of_160_well_known_terms_are_right():
    glossary = shipped_glossary()
    right = [
        english
        for english, accepted in rows("well_known.tsv")
        if chinese_key(glossary.shown_chinese_of(english)) in map(chinese_key, accepted.split("|"))
    ]
    assert len(rows("well_known.tsv")) == 160
    assert len(right) >= 150


def test_terms_of_an_abstract_are_found_within_a_millisecond():
    glossary = shipped_glossary()
    abstract = (
        "Large language models often hallucinate when they answer questions about rare entities. "
        "We propose a retrieval-augmented generation framework with a mixture of experts, trained "
        "by reinforcement learning from human feedback on synthetic data. "
    ) * 5
    assert len(glossary.in_english(abstract)) > 20
    started = process_time()
    for _ in range(100):
        glossary.in_english(abstract)
    assert (process_time() - started) / 100 < 0.01  # ten times what it is on a quiet machine
