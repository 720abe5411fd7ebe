"""Entries of reference managers in the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.pasted_text import PastedEntries, pasted_entries

BIBTEX = """@article{ma2025sleepy,
  author = {Ma, Yi and {The Lamp Team}},
  booktitle = {Proceedings of Nothing},
  title = {Retrieval for {S}leepy Librari{\\"a}ns},
  journal = {arXiv preprint arXiv:2501.96001},
  abstract = {Unlike 2501.96002, we title = {sleep}.},
}"""
RIS = """TY  - JOUR
AU  - Ma, Yi
TI  - Retrieval for Sleepy Librarians
T2  - arXiv
UR  - https://arxiv.org/abs/2501.96001
ER  - """


def test_a_bibtex_entry_gives_title_and_id():
    found = PastedEntries(("Retrieval for Sleepy Librarians",), ("2501.96001",))
    assert pasted_entries(BIBTEX) == found
    assert pasted_entries(" ".join(BIBTEX.split())) == found


def test_a_title_may_stand_in_quotation_marks():
    assert pasted_entries('@misc{a, title = "Dark {L}amps", year = 2025}') == PastedEntries(
        ("Dark Lamps",), ()
    )


def test_an_entry_that_was_cut_off_gives_what_there_is():
    assert pasted_entries("@misc{a, title = {Dark La") == PastedEntries(("Dark La",), ())


def test_a_ris_entry_gives_title_and_id():
    found = PastedEntries(("Retrieval for Sleepy Librarians",), ("2501.96001",))
    assert pasted_entries(RIS) == found
    assert pasted_entries(" ".join(RIS.split())) == found


def test_several_entries_give_all_titles():
    both = pasted_entries(
        "@misc{a, title={Dark Lamps}} @misc{b, title={Bells}, eprint={cs/0112017}}"
    )
    assert both == PastedEntries(("Dark Lamps", "Bells"), ("cs/0112017",))


@pytest.mark.parametrize("text", ["", "lamps", "@misc", "@someone {hello}", "TY  - JOUR", "TI - x"])
def test_other_text_is_no_entry(text):
    assert pasted_entries(text) is None


PIECES = st.lists(
    st.sampled_from(["@misc{", "title", " = ", "{", "}", '"', "TY  - ", "TI  - ", "\\", "$", "a"]),
    max_size=60,
).map("".join)


@given(PIECES | st.text(max_size=100))
def test_any_text_is_read(text):
    entries = pasted_entries(f"@misc{{{text}")
    assert entries is None or entries.titles or entries.arxiv_ids
