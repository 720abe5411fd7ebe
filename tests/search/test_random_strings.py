"""For any query the page answers, with bounded work.

`make test-search` tries 3,000 strings; otherwise some.
"""

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.search import MAX_LENGTH

STRINGS = int(os.environ.get("RANDOM_QUERIES", "100"))
SLOWEST = 5.0  # seconds; a page usually takes a twentieth of one, the rest is for busy machines
MOST_QUERIES = 60

ODD = st.text(max_size=200) | st.text("\"'*():-^{}[]&|!<>~＂：－“”%_\\ 检索augment", max_size=200)
LONG = st.builds(
    lambda piece, end: (piece * MAX_LENGTH)[: MAX_LENGTH - len(end)] + end,
    st.text(min_size=1, max_size=12)
    | st.sampled_from(["a.", "a-", "OR a ", "NOT a ", "@misc{", "检索"]),
    st.text(max_size=12),
)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "title:",
                "author:",
                "date:",
                "..",
                "zh:",
                "NEAR(",
                "NOT",
                "AND",
                "OR",
                '"',
                "-",
                "*",
            ),
            *("检索", "模型", "如何", "what", "librarains", "Yi", "M.", "?"),
            *("@misc{a, title = {", "TY  - JOUR", "TI  - ", "arXiv:", "2501.96001", "doi.org/"),
        ]
    )
    | st.text(max_size=8),
    max_size=25,
).map(" ".join)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("path", ["/papers/", "/papers/feed.atom", "/suggest"])
def test_no_string_is_an_error_or_runs_away(client, django_assert_max_num_queries, path):
    @settings(
        max_examples=STRINGS, suppress_health_check=list(HealthCheck), derandomize=STRINGS <= 100
    )
    @given(ODD | PIECES | LONG)
    def ask(typed):
        started = time.monotonic()
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(path, {"q": typed})
        # A feed says 400 where the list says that a value (a NUL, too long a text) was left out.
        assert answer.status_code in ((200, 302, 400) if "feed" in path else (200, 302))
        assert time.monotonic() - started < SLOWEST

    ask()
