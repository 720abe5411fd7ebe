"""Rendering texts: ``x.txt`` becomes the paragraphs ``x.html`` and the text ``x.plain.txt``.

A new case of LaTeX is a new pair of files. When a pair's HTML changes, raise ``VERSION``.
"""

from pathlib import Path

import pytest

from papers.text.markup import lead_text, paragraphs_html, plain_text, title_html

PAIRS = Path(__file__).parents[2] / "data" / "markup"
NAMES = sorted(one.stem for one in PAIRS.glob("*.html"))
LINK = "https://arxiv.org/abs/2501.97001"


def _file(name: str) -> str:
    return (PAIRS / name).read_text("utf-8").removesuffix("\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_text_becomes_its_html(name):
    shown = paragraphs_html(_file(f"{name}.txt"), LINK)
    assert [f"<p>{one}</p>" for one in shown] == _file(f"{name}.html").split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_text_becomes_its_plain_text(name):
    assert plain_text(_file(f"{name}.txt")) == _file(f"{name}.plain.txt")


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\mathcal{O}(n \log n)", "O(n log n)"),
        (r"\mathbb{R}^{d \times k}", "ℝ^(d × k)"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\tilde{O}(\sqrt{T})", "Õ(√T)"),
        (r"10^{-3}", "10⁻³"),
        (r"x_{\text{max}} \leq \alpha", "xₘₐₓ ≤ α"),
        (r"\{a, b\}", "{a, b}"),
        (r"90^\circ", "90°"),
    ],
)
def test_a_formula_is_readable_as_plain_text(tex, plain):
    assert plain_text(f"${tex}$") == plain


def test_a_title_has_no_links_since_it_is_one():
    assert title_html("Code at this https URL for $x$").count("<a") == 0
    assert "<math" in title_html("Code for $x$")


def test_a_lead_is_plain_text_cut_between_words():
    assert lead_text("Word " * 100) == "Word " * 43 + "Word…"
    assert lead_text("**All** of $n^2$ words.\nMore.") == "All of n² words."
    assert lead_text("灯" * 300) == "灯" * 220 + "…"


def test_a_formula_wider_than_a_phone_scrolls_by_itself():
    assert 'class="formula"' in title_html("$x + y$")
    assert 'class="formula formula-long"' in title_html("$a + b + c + d + e + f + g + h + i$")
