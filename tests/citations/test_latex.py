"""Foreign text as LaTeX text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.citations.latex import in_latex
from tests.citations.reading import braces_balance, meaning


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("100% of A & B_c #1", r"100\% of A \& B\_c \#1"),
        (r"already \% and \& escaped", r"already \% and \& escaped"),
        ("$n^2$ and $$a_1$$", "$n^2$ and $$a_1$$"),
        ("$a%b$", r"$a\%b$"),
        ("it costs $5 and $10 a day", r"it costs \$5 and \$10 a day"),
        ("a lone $", r"a lone \$"),
        (r"\textbf{bold} \'etude", r"\textbf{bold} \'etude"),
        (r"C:\temp", r"C:\textbackslash{}temp"),
        ("{kept} together", "{kept} together"),
        ("{kept $n^2$ together}", "{kept $n^2$ together}"),
        ("{from $5} {to $6}", r"{from \$5} {to \$6}"),
        (r"the set \{a, b\}", r"the set \{a, b\}"),
        ("open { only", r"open \textbraceleft{} only"),
        (r"$\{a$", r"$\lbrace a$"),
        ("x~y^z", r"x\textasciitilde{}y\textasciicircum{}z"),
        ("数影子", "数影子"),
    ],
)
def test_it_keeps_sound_latex_and_spells_the_rest_out(text, latex):
    assert in_latex(text) == latex


@given(st.text(alphabet=r"ab\{}$%&_^ ", max_size=40))
def test_whatever_it_is_given_its_braces_balance_and_it_means_the_same(text):
    latex = in_latex(text)
    assert braces_balance(latex)
    assert meaning(latex) == meaning(text)
