"""arXiv ids as readers type them, anywhere in a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.typed_queries import DATA
from papers.text.arxiv_ids import typed_arxiv_ids

SPELLINGS = (DATA / "id_spellings.txt").read_text("utf-8").splitlines()
HALF_WIDTH = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}


@pytest.mark.parametrize("arxiv_id", ["2501.12948", "0704.0001", "cs/0112017", "math.GT/0309136"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_names_the_paper(spelling, arxiv_id):
    typed = spelling.format(id=arxiv_id, wide=arxiv_id, other="2412.12166", word="lamps")
    ids, rest = typed_arxiv_ids(typed.translate(HALF_WIDTH))
    assert arxiv_id in ids
    assert len(ids) == (2 if "{other}" in spelling else 1)
    assert any(map(str.isalnum, rest)) == ("{word}" in spelling)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("论文2501.12948讲了什么", "论文 讲了什么"),
        ("DOI: 10.48550/arXiv.2501.12948", ""),
        ("https://example.org/list?paper=arxiv:2501.12948v2&view=pdf", ""),
        ("eprint={2501.12948},", "eprint={ },"),
        ("lamps https://arxiv.org/abs/2501.12948#intro lit", "lamps lit"),
    ],
)
def test_the_rest_of_the_text_is_left(typed, rest):
    ids, left = typed_arxiv_ids(typed)
    assert ids == ("2501.12948",)
    assert " ".join(left.split()) == rest


@pytest.mark.parametrize(
    "typed",
    ["-2501.12948", "title:2501.12948", "12501.12948", "2501.129481", "1.2501.12948", "2513.12948"],
)
def test_other_numbers_are_no_ids(typed):
    assert typed_arxiv_ids(typed) == ((), typed)


def test_an_id_that_is_named_twice_counts_once():
    typed = "2501.12948v1 and arXiv:2501.12948, not 2412.12166"
    assert typed_arxiv_ids(typed)[0] == ("2501.12948", "2412.12166")


@given(st.text(st.sampled_from("arxiv.org/:25019480 \t"), max_size=800) | st.text(max_size=800))
def test_no_text_takes_long(text):
    started = time.process_time()
    ids, _ = typed_arxiv_ids(text)
    assert time.process_time() - started < 1
    assert all(one in text for one in ids)


@pytest.mark.parametrize("piece", ["a.", "a/", "arxiv ", "a.b/", "arxiv.org/", "doi:", "10.48550/"])
def test_no_repetition_takes_long(piece):
    started = time.process_time()
    assert typed_arxiv_ids(piece * (800 // len(piece)))[0] == ()
    assert time.process_time() - started < 1
