"""No text of a digest becomes markup of the page."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from papers.text.markup import kept_html, lead_text, paragraphs_html, plain_text, title_html
from papers.text.markup.render import LEAD
from papers.text.sanitize import clean
from tests.text.markup.checked import assert_safe

LINK = "https://arxiv.org/abs/2501.97001"

PIECES = st.sampled_from(
    [
        *("$", "$$", "\\(", "\\)", "\\[", "\\]", "{", "}", "\\", "\\\\", "^", "_", "&", "%", "#"),
        *("<", ">", '"', "'", "`", "``", "''", "~", "--", " ", "\n", "x", "12", "灯", "，", "（"),
        *("\\textbf{", "\\emph{", "\\href{", "\\url{", "\\textcolor{red}{", "{\\em ", "\\frac"),
        *("\\text{", "\\footnote{", "\\verb|", "\\'", "\\mathbf{", "\\left(", "\\right)", "\\log"),
        *("\\begin{align}", "\\end{align}", "\\sqrt[", "\\unicode{x3c}", "\\color{red}", "\\hat"),
        *("this https URL", "此 https 链接", "[链接]", "](", "https://arxiv.org/abs/2401.00001"),
        *("http://a.example/?<b>&c='", "javascript:alert(1)", "<script>", "</math>", "onclick="),
    ]
)
ANY_TEXT = (st.text() | st.lists(PIECES, max_size=40).map("".join)).map(clean)

ATTACKS = [
    "<script>alert(1)</script>",
    "$<script>alert(1)</script>$",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\text{</mtext></math><script>alert(1)</script>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\unicode{x3c}script\unicode{x3e}$",
    r'$x" onmouseover="alert(1)$',
    r"$\color{red;background:url(//evil.example)}x$",
    r"$\class{a}{\style{color:red}{\cssId{b}{x}}}$",
    r"$\verb|<b>|$",
    r"\href{javascript:alert(1)}{this https URL}",
    r"\href{https://arxiv.org/abs/1\" onclick=\"alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\textbf{<b onclick='alert(1)'>}",
    "[<b>x</b>](this https URL)",
    'https://arxiv.org/abs/2401.1"><script>alert(1)</script>',
    "https://arxiv.org.evil.example/abs/2401.00001",
    "https://arxiv.org/abs/../../evil",
    "&lt;script&gt;$&lt;b&gt;$",
    "$$<math><mi//xlink:href='data:x,<script>alert(4)</script>'>$$",
]


@given(ANY_TEXT)
@example("$x$")
def test_any_text_becomes_html_of_ours_alone(text):
    assert_safe(title_html(text))
    for paragraph in paragraphs_html(text, LINK):
        assert_safe(paragraph, LINK)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_text(attack):
    (paragraph,) = paragraphs_html(attack, LINK)
    assert_safe(paragraph, LINK)
    assert "<a" not in title_html(attack)
    tree = html.fragment_fromstring(paragraph, create_parent="body")
    assert {one.get("href") for one in tree.iter("a")} <= {LINK, "https://arxiv.org/abs/2401.1"}


@given(st.text("abc <>&\"'灯，.;:!?()[]{}|*+=/\n\u00e9", max_size=60).map(clean))
def test_text_without_markup_is_kept_to_the_letter(text):
    shown = "\n".join(_text(one) for one in paragraphs_html(text, LINK))
    kept = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    assert shown == kept
    assert plain_text(text) == text
    assert _text(title_html(text)) == text
    assert kept_html(text, text, LINK) == {}


@given(ANY_TEXT)
def test_plain_text_is_made_of_any_text(text):
    assert plain_text(text).count("\n") <= text.count("\n")


@given(ANY_TEXT.map(lambda text: text * 10))
def test_a_lead_is_short(text):
    assert len(lead_text(text)) <= LEAD + 1


HUGE = {
    "braces": "{" * 50_000,
    "dollars": "$" * 50_000,
    "dollars and braces": "${" * 25_000,
    "opened formulas": r"\(" * 25_000,
    "environments": r"\begin{align}" * 4_000,
    "nested commands": r"\textbf{" * 6_000 + "x" + "}" * 6_000,
    "nested formulas": "$" + "{" * 240 + "x" + "}" * 240 + "$",
    "nested scripts": "$" + "x^{" * 150 + "}" * 150 + "$",
    "nested roots": "$" + r"\sqrt" * 90 + "x$",
    "nested fences": "$" + r"\left(" * 60 + r"\right)" * 20 + "$",
    "brackets that nothing closes": "$" + "(" * 400 + "$",
    "brackets of all kinds": "$" + r"\langle\{[(\lfloor " * 20 + "$",
    "brackets in groups": "$" + "{(" * 15 + "}" * 15 + "$",
    "quotes": "``" * 12_000 + "''" * 12_000,
    "spaces": r"\textbf" + " " * 45_000 + "此" + " " * 4_000 + "http",
    "addresses": "http://" * 7_000,
    "brackets": "[" * 25_000 + "](" * 10_000,
    "letters in dollars": ("$" + "a" * 450 + "$") * 100,
    "accents": r"\'" * 25_000,
    "footnotes": r"\footnote{\cite{" * 3_000,
    "references to a link": "此https" * 8_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_huge_and_deep_texts_are_rendered_in_no_time(text):
    began = time.process_time()
    for paragraph in paragraphs_html(text, LINK):
        assert_safe(paragraph, LINK)
    lead_text(text)
    plain_text(text)
    assert time.process_time() - began < 10


def _text(markup: str) -> str:
    if not markup.strip():
        return markup
    return html.fragment_fromstring(markup, create_parent="body").text_content()
