"""Citation keys and submission dates of references."""

import pytest

from papers.citations.reference import key_of, submitted


@pytest.mark.parametrize(
    ("arxiv_id", "title", "authors", "key"),
    [
        ("2501.17161", "SFT Memorizes, RL Generalizes", ("Tianzhe Chu",), "chu2025sft_2501.17161"),
        ("cs/0112017", "On the Halting", ("Jo Ångström",), "angstrom2001halting_cs/0112017"),
        ("2501.00001", "灯", ("马毅",), "paper2025_2501.00001"),
        ("2501.00002", "A the of", (), "paper2025_2501.00002"),
        (
            "2501.00003",
            "Pneumonoultramicroscopicsilicovolcanoconiosis",
            ("Ada Example",),
            "example2025pneumonoultramicroscopic_2501.00003",
        ),
    ],
)
def test_a_key_is_telling_and_holds_the_id(arxiv_id, title, authors, key):
    assert key_of(arxiv_id, title, authors) == key


@pytest.mark.parametrize(
    ("arxiv_id", "when"),
    [
        ("2501.17161", (2025, 1)),
        ("0704.0001", (2007, 4)),
        ("cs/0112017", (2001, 12)),
        ("hep-th/9108001", (1991, 8)),
        ("2500.00001", (2025, 0)),
        ("2513.00001", (2025, 0)),
    ],
)
def test_the_id_says_when_the_paper_was_submitted(arxiv_id, when):
    assert submitted(arxiv_id) == when
