"""Answers that were worked out elsewhere: they are taken where the question is the same."""

import pytest

from papers.text import precomputed


@pytest.fixture(autouse=True)
def forgotten():
    yield
    precomputed.clear()


@precomputed.precomputed
def doubled(text: str) -> str:
    asked.append(text)
    return text * 2


asked: list[str] = []


def test_a_learnt_answer_is_not_worked_out_again():
    with precomputed.collecting() as answers:
        assert doubled("灯") == "灯灯"
    asked.clear()
    precomputed.load(answers)
    assert (doubled("灯"), asked) == ("灯灯", [])


def test_another_question_is_worked_out():
    with precomputed.collecting() as answers:
        doubled("灯")
    precomputed.load(answers)
    asked.clear()
    assert (doubled("影"), asked) == ("影影", ["影"])


def test_an_argument_that_is_named_is_part_of_the_question():
    with precomputed.collecting() as answers:
        doubled(text="灯")
    precomputed.load(answers)
    assert doubled(text="影") == "影影"


def test_what_was_forgotten_is_worked_out_again():
    with precomputed.collecting() as answers:
        doubled("灯")
    precomputed.load(answers)
    precomputed.clear()
    asked.clear()
    assert (doubled("灯"), asked) == ("灯灯", ["灯"])


def test_nothing_is_noted_after_the_block():
    with precomputed.collecting() as answers:
        pass
    doubled("灯")
    assert answers == {}
