"""Names with symbols are written as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.symbol_names import spelled_out, symbol_of


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("c++ and c#", "cplusplus and csharp"),
        ("c/c++17", "c/c++17"),
        ("abc++", "abc++"),
        ("π0 and μp", "pi0 and mup"),
        ("τ-bench", "tau-bench"),
        ("λογος", "λογος"),
        (r"\pi_{0}", r"\pi_0"),
    ],
)
def test_symbols_are_spelled_out(written, words):
    assert spelled_out(written) == words


@pytest.mark.parametrize("symbol", ["c++", "c#", "f#", "π0", "τ"])
def test_words_lead_back_to_their_symbols(symbol):
    assert symbol_of(spelled_out(symbol)) == symbol


def test_other_words_name_no_symbol():
    assert [symbol_of(word) for word in ("c", "pixel", "plusplus", "", "语言")] == [""] * 5


@given(st.text(max_size=80))
def test_spelling_out_twice_changes_nothing(text):
    assert spelled_out(spelled_out(text)) == spelled_out(text)
