"""The longest accepted texts, built to be slow, are parsed and shown in time."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from papers.digests.limits import LONGEST_ABSTRACT, LONGEST_TITLE
from papers.digests.markdown import parse
from papers.text import markup
from papers.text.sanitize import clean
from papers.text.triage import triage_abstract, triage_title
from tests.support import record_text

LONGEST = 20.0  # seconds for one text; usual are 0.1
PIECES = [
    "$",
    "$1",
    "1",
    "1,",
    "1 ",
    "\\",
    "\\(",
    "\\textbf{",
    "{",
    "}",
    "\\frac",
    "\\begin{equation}",
]
PIECES += [
    "https://",
    "this https URL ",
    "<",
    "</a>",
    "<a href=",
    "&",
    "&lt;",
    "[",
    "[a](",
    "](",
    "`",
]
PIECES += [
    "*",
    "**",
    "_",
    "#",
    "---\n",
    "# ",
    "**Title (ZH)**: ",
    "**Abstract**: ",
    "|",
    "|-",
    "~",
    "^",
]
PIECES += [
    "灯",
    "灯。",
    "解释：",
    "注：\n",
    "以下是",
    "翻译",
    "：",
    "“",
    "”",
    "（",
    "【",
    "链接",
    "[插入链接]",
]
PIECES += [
    "\n",
    "\n\n",
    " ",
    "\u3000",
    "\t",
    "a ",
    "A, ",
    "e\u0301",
    "\u200d",
    "👩\u200d",
    "\r",
    "\x00",
    "ﷺ",
    "=",
    " = ",
]
if not os.environ.get("HARD"):
    PIECES = PIECES[::3]  # the others in `make test-hard`

READERS: dict[str, Callable[[str], object]] = {
    "the door": clean,
    "the parser": lambda text: parse(record_text(abstract=text, abstract_zh=text, title=text)),
    "a title's triage": lambda text: triage_title(text[:LONGEST_TITLE], "A Title"),
    "an abstract's triage": lambda text: triage_abstract(text, text),
    "a title as HTML": lambda text: markup.title_html(text[:LONGEST_TITLE]),
    "an abstract as HTML": lambda text: markup.paragraphs_html(text, "https://arxiv.org/abs/1"),
    "plain text": markup.plain_text,
}


class TooLong(Exception):
    pass


@pytest.fixture
def alarm():
    def stop(*args) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, LONGEST)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("reader", READERS)
def test_no_text_takes_long(reader, alarm):
    slowest = (0.0, "")
    for one, other in zip(PIECES, PIECES[1:] + PIECES[:1], strict=True):
        for piece in (one, one + other):
            text = (piece * LONGEST_ABSTRACT)[:LONGEST_ABSTRACT]
            alarm()
            started = time.perf_counter()
            try:
                READERS[reader](text)
            except TooLong:
                pytest.fail(f"{piece!r} many times takes {reader} more than {LONGEST} seconds")
            slowest = max(slowest, (time.perf_counter() - started, piece))
    print(f"{reader}: {slowest[0]:.2f} s for {slowest[1]!r}")
