"""Precomputed results are returned for the same arguments."""

import pytest

from papers.text import precomputed


@pytest.fixture(autouse=True)
def cleared():
    yield
    precomputed.clear()


@precomputed.precomputed
def doubled(text: str) -> str:
    called.append(text)
    return text * 2


called: list[str] = []


def test_a_loaded_result_is_not_computed_again():
    with precomputed.collecting() as results:
        assert doubled("灯") == "灯灯"
    called.clear()
    precomputed.load(results)
    assert (doubled("灯"), called) == ("灯灯", [])


def test_other_arguments_are_computed():
    with precomputed.collecting() as results:
        doubled("灯")
    precomputed.load(results)
    called.clear()
    assert (doubled("影"), called) == ("影影", ["影"])


def test_a_keyword_argument_is_part_of_the_key():
    with precomputed.collecting() as results:
        doubled(text="灯")
    precomputed.load(results)
    assert doubled(text="影") == "影影"


def test_what_was_cleared_is_computed_again():
    with precomputed.collecting() as results:
        doubled("灯")
    precomputed.load(results)
    precomputed.clear()
    called.clear()
    assert (doubled("灯"), called) == ("灯灯", ["灯"])


def test_nothing_is_collected_after_the_block():
    with precomputed.collecting() as results:
        pass
    doubled("灯")
    assert results == {}
