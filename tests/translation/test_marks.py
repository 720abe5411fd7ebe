"""Marks stand for formulas, addresses and code, and everything comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.translation.marks import MARK, mark

PIECES = st.sampled_from(
    ["$n^2$", "$", "\\(x\\)", "https://a.org/b", "`code`", "⟦", "⟧", "⟦1⟧", "\n", " ", "word", "灯"]
    + ["\\texttt{a b}", "this https URL", "<think>", "github.com/a/b.", "(", ")", ".", "\\$5", "ſ"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
def test_what_is_marked_and_restored_is_as_it_was(text):
    marked = mark(text)
    assert marked.is_whole(marked.text)
    assert marked.restore(marked.text) == text


@given(TEXTS, st.integers(1, 500))
def test_marks_are_numbered_from_the_first_on(text, first):
    marked = mark(text, first)
    assert [int(number) for number in MARK.findall(marked.text)] == list(marked.kept)
    assert list(marked.kept) == list(range(first, first + len(marked.kept)))


@given(TEXTS)
def test_no_sign_of_a_mark_is_left_that_is_none(text):
    bare = MARK.sub("", mark(text).text)
    assert not {"⟦", "⟧"} & set(bare)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A kite needs $n^2$ metres of string.", ["$n^2$"]),
        ("It costs $5, or $10 with a lamp.", []),
        (
            r"Of \(x\) and \begin{equation}y\end{equation}.",
            [r"\(x\)", r"\begin{equation}y\end{equation}"],
        ),
        ("Code: https://github.com/lamps/kites.", ["https://github.com/lamps/kites"]),
        ("See github.com/lamps/kites for code.", ["github.com/lamps/kites"]),
        ("Code is at this https URL.", ["this https URL"]),
        ("Write to ada@example.org about it.", ["ada@example.org"]),
        (r"We call \texttt{light(lamp)} and `shade`.", [r"\texttt{light(lamp)}", "`shade`"]),
        ("The token <think> opens a thought.", ["<think>"]),
        ("We ask: is 3 < 5 and 7 > 6?", []),
        ("This is e.g. plain, i.e. prose.", []),
    ],
)
def test_formulas_addresses_and_code_are_kept(text, kept):
    assert list(mark(text).kept.values()) == kept


@pytest.mark.parametrize(
    "answer",
    ["一 ⟦1⟧", "⟦1⟧⟦2⟧⟦2⟧", "⟦1⟧ 与 ⟦3⟧", "⟦1⟧ 与 ⟦2⟧ ⟧", "⟦1⟧ 与 [2]", "⟦1⟧⟦2⟧⟦9⟧", "⟦1⟧⟦ 2⟧", ""],
)
def test_a_lost_a_doubled_and_a_foreign_mark_are_noticed(answer):
    assert not mark("Of $x$ and $y$.").is_whole(answer)


def test_marks_may_change_their_order():
    marked = mark("Of $x$ and $y$.")
    assert marked.is_whole("⟦2⟧与⟦1⟧")
    assert marked.restore("⟦2⟧与⟦1⟧") == "$y$与$x$"
