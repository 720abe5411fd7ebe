"""Abbreviations that a text defines, after Schwartz and Hearst."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.glossary.abbreviations import definitions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "We use retrieval-augmented generation (RAG) here.",
            [("RAG", "retrieval-augmented generation")],
        ),
        ("Large language models (LLMs) dream.", [("LLM", "Large language models")]),
        ("A Mixture of Experts (MoE) model.", [("MoE", "Mixture of Experts")]),
        ("the 3D Gaussian splatting (3DGS)", [("3DGS", "3D Gaussian splatting")]),
        ("It is slow. Neural nets (NN) are not.", [("NN", "Neural nets")]),
        ("Lamps (see Table 1) and lanterns (lamp)", []),
        ("a lantern (LLM) in the dark", []),
        ("(RAG) alone", []),
        ("retrieval(RAG)", []),
    ],
)
def test_short_forms_are_found_with_their_long_forms(text, found):
    assert list(definitions(text)) == found


@given(st.text(alphabet="abcABC ()-.", max_size=80))
def test_long_forms_lie_before_their_short_forms(text):
    for short, long in definitions(text):
        assert 0 <= text.find(long) < text.find(f"({short}")
