"""Untrusted text converted to LaTeX."""

import re
import shutil
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.citations.latex import in_latex
from papers.citations.math_commands import ENVIRONMENTS, MATH_COMMANDS
from tests.citations.reading import DANGEROUS, braces_balance, commands, meaning
from tests.support import missing


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
        (r"$\alpha\le\frac{1}{2}$", r"$\alpha\le\frac{1}{2}$"),
        (r"$\input{/etc/passwd}$", r"$\ensuremath{\backslash}input{/etc/passwd}$"),
        (r"$\write18{ls}$", r"$\ensuremath{\backslash}write18{ls}$"),
        ("$^^5cinput x$", r"$\mbox{\textasciicircum}\mbox{\textasciicircum}5cinput x$"),
        (
            r"$\^^69nput x$",
            r"$\ensuremath{\backslash}\mbox{\textasciicircum}^69nput x$",
        ),
        (r"$\\input$", r"$\\input$"),
        (r"$\begin{input}x$", r"$\ensuremath{\backslash}begin{input}x$"),
        (
            r"$\begin{cases}a&b\end{cases}$",
            r"$\begin{cases}a&b\end{cases}$",
        ),
        (r"$\begin{cases}a$", r"$\ensuremath{\backslash}begin{cases}a$"),
        (r"\href{run:sh}{here}", r"\textbackslash{}href{run:sh}{here}"),
        (r"$a\href{run:sh}{b}$", r"$a\ensuremath{\backslash}href{run:sh}{b}$"),
        (r"$\mL + \eps$", r"$\mathbf{L} + \epsilon$"),
        (r"$5\unicode{x2013}7$", "$5–7$"),
        (r"$\unicode{x5c}$", r"$\ensuremath{\backslash}unicode{x5c}$"),
        ("$a#b&c$", r"$a\#b\&c$"),
        ("the μ-law, ≤ 5 and 10⁴", r"the $\mu$-law, $\le$ 5 and 10$^{4}$"),
        ("$μ_i→0$", r"${\mu}_i{\to}0$"),
        ("Café – “naïve”", "Café – “naïve”"),
    ],
)
def test_it_keeps_sound_latex_and_spells_the_rest_out(text, latex):
    assert in_latex(text) == latex


@given(st.text(alphabet=r"ab\{}$%&_^ ", max_size=40))
@example(r"$\\{}$")  # a line break and an empty group
def test_whatever_it_is_given_its_braces_balance_and_it_means_the_same(text):
    latex = in_latex(text)
    assert braces_balance(latex)
    assert meaning(latex) == meaning(text)


IN_TEXT = """
    textbf textit textsl textsc texttt textsf textrm textsuperscript textsubscript text emph
    underline bf it em tt sc ensuremath url ldots dots textemdash textendash aa AA ae AE oe OE o O
    l L ss i j c v u H r k d b t textbackslash textasciitilde textasciicircum textbraceleft
    textbraceright backslash mbox lbrace rbrace
"""
KEPT_IN_TEXT = frozenset(IN_TEXT.split()) | frozenset("'`^\"~=.%&#_${}")
PIECES = st.sampled_from(
    [
        *(f"\\{name}" for name in DANGEROUS),
        *(
            "$",
            "$$",
            "{",
            "}",
            "^",
            "^^",
            "^^5c",
            "\\",
            "\\^",
            "%",
            "#",
            "&",
            "~",
            " ",
            "x",
            "input",
        ),
        *(
            "\\alpha",
            "\\begin{input}",
            "\\begin{array}",
            "\\end{array}",
            "\\left",
            "18",
            "\\unicode{x5c}",
        ),
    ]
)
HOSTILE = st.lists(PIECES, max_size=12).map("".join)


@given(HOSTILE | st.text(alphabet=r"ainput\{}$%&_^ 5c", max_size=40))
def test_no_command_but_those_named_comes_through(text):
    latex = in_latex(text)
    kept = commands(latex) - {"begin", "end", "url"}
    assert kept <= MATH_COMMANDS | KEPT_IN_TEXT
    assert "^^" not in latex
    assert braces_balance(latex)
    environments = set(re.findall(r"\\(?:begin|end)(?![a-zA-Z])(.{0,20})", latex, re.DOTALL))
    assert all(re.match(rf"\{{(?:{ENVIRONMENTS})\*?\}}", one) for one in environments)


@given(HOSTILE)
def test_every_formula_that_begins_also_ends(text):
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\$", in_latex(text))) % 2 == 0


ATTACKS = [
    r"\input{secret}",
    r"$\input{secret}$",
    r"$\input secret $",
    r"$\immediate\write18{touch ran}$",
    r"$\csname input\endcsname{secret}$",
    r"$\begin{input}{secret}\end{input}$",
    r"$\catcode`\!=0 !input secret $",
    r"$\def\x{\input{secret}}\x$",
    r"$\openin5=secret \read5 to\x \x$",
    r"$^^5cinput{secret}$",
    r"$\^^69nput{secret}$",
    r"$\special{ps:run}\href{run:touch}{x}$",
    r"\ensuremath{\input{secret}} \text{$\input{secret}$}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_latex_reads_no_file_and_starts_no_program(attack, tmp_path):
    if not shutil.which("pdflatex"):
        missing("no pdflatex on PATH; `make ci-tools` installs it")
    (tmp_path / "secret.tex").write_text("SECRET")
    preamble = r"\documentclass{article}\usepackage{amsmath}\begin{document}"
    (tmp_path / "paper.tex").write_text(f"{preamble}\n{in_latex(attack)}\n\\end{{document}}\n")
    subprocess.run(
        ["pdflatex", "-shell-escape", "-recorder", "-interaction=nonstopmode", "paper.tex"],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
    )
    opened = (tmp_path / "paper.fls").read_text()
    assert "article.cls" in opened
    assert "secret" not in opened
    assert not (tmp_path / "ran").exists()
