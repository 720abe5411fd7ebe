"""The ``.jsonl`` format in its three dialects; none is evaluated as code."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.digests import jsonl
from papers.digests.jsonl import at_most, is_twin, parse
from papers.digests.limits import LONGEST_LINE
from papers.digests.markdown import parse as parse_markdown
from tests.support import record_text

LAMPS = {
    "arxiv_id": "arXiv:2501.97001",
    "title": "Lamps for Dark Corpora",
    "authors": "Ada Example, Q. Li (MIT, CSAIL), A. Roe, Jr.",
    "link": "https://arxiv.org/abs/2501.97001",
    "abstract": "We “light” lamps: it's \\textbf{bright}.\nAnd {count} [shadows].",
    "abstract_zh": "我们点灯，\n数影子。",
    "title_zh": "照亮暗处语料的灯",
}
BELLS = {"arxiv_id": "arXiv:2501.97002v3", "title": "Bells", "authors": "", "abstract": "A bell."}
BOTH = [LAMPS, BELLS]
DIALECTS = {
    "Python dicts": lambda ones: "".join(f"{one!r}\n" for one in ones),
    "JSON lines": lambda ones: "\n".join(json.dumps(one) for one in ones),
    "JSON lines with Chinese as it is": lambda ones: "\n".join(
        json.dumps(one, ensure_ascii=False) for one in ones
    ),
    "a JSON array": json.dumps,
    "an indented JSON array": lambda ones: json.dumps(ones, indent=2, ensure_ascii=False),
    "an array of Python dicts": repr,
}


def codes(text: str) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in parse(text).problems]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_the_same_records(dialect):
    parsed = parse(DIALECTS[dialect](BOTH))
    lamps, bells = parsed.records
    assert parsed.problems == ()
    assert (lamps.arxiv_id, bells.arxiv_id) == ("2501.97001", "2501.97002")
    assert lamps.authors == ("Ada Example", "Q. Li (MIT, CSAIL)", "A. Roe, Jr.")
    assert lamps.abstract == LAMPS["abstract"]
    assert (lamps.title_zh, lamps.abstract_zh) == (LAMPS["title_zh"], LAMPS["abstract_zh"])
    assert (bells.authors, bells.title_zh, bells.abstract_zh) == ((), "", "")


def test_a_twin_says_what_its_markdown_says():
    texts = {key: LAMPS[key] for key in ("title", "abstract", "abstract_zh", "title_zh")}
    markdown = record_text("2501.97001", authors=[LAMPS["authors"]], **texts)
    assert parse(repr(LAMPS)).records == parse_markdown(markdown).records


def test_authors_may_be_a_list_of_names():
    (record,) = parse(json.dumps({**LAMPS, "authors": ["Roe, A.", " Yi  Ma ", ""]})).records
    assert record.authors == ("Roe, A.", "Yi Ma")


def test_a_record_may_be_named_by_its_link_alone():
    (record,) = parse(json.dumps({**LAMPS, "arxiv_id": None})).records
    assert record.arxiv_id == "2501.97001"


def test_a_record_knows_its_line():
    lines = [json.dumps(LAMPS), "", json.dumps(BELLS)]
    assert [one.line for one in parse("\n".join(lines)).records] == [1, 3]
    indented = parse(json.dumps(BOTH, indent=2)).records
    assert [one.line for one in indented] == [2, 11]


EVIL = (
    "__import__('os').system('touch /tmp/evaluated')",
    "{'arxiv_id': open('/etc/passwd').read()}",
    "{'arxiv_id': '2501.97001', 'title': f'{1 + 1}', 'abstract': 'x'}",
    "{'arxiv_id': '2501.97001', 'title': 'a' * 999999999}",
    "{'arxiv_id': '2501.97001', 'title': 9**9**9}",
    "{'arxiv_id': '2501.97001', 'title': [x for x in ()]}",
    "{'arxiv_id': '''2501.97001''', 'title': 'x'}",
    "{" * 100_000,
    "[" * 100_000,
    "{'a':" * 50_000,
    "-" * 500_000 + "1",
    "9" * 900_000,
    "{'arxiv_id': 2501.97001, 'title': 'a number'}",
    "('arxiv_id', '2501.97001')",
    "null",
    "{'a'}",
    "{[]: 1}",
)


@pytest.mark.parametrize("line", EVIL, ids=lambda line: line[:40])
def test_what_is_no_plain_record_is_refused_and_its_neighbours_are_kept(line):
    started = time.monotonic()
    parsed = parse(f"{LAMPS!r}\n{line}\n{BELLS!r}")
    assert time.monotonic() - started < 10  # usual: far less than one
    assert [one.arxiv_id for one in parsed.records] == ["2501.97001", "2501.97002"]
    assert [(one.code, one.line) for one in parsed.problems] in (
        [("bad-line", 2)],
        [("no-link", 2)],
    )


@pytest.mark.parametrize("line", EVIL, ids=lambda line: line[:40])
def test_what_is_no_plain_record_is_no_error_in_an_array(line):
    parse(f"[{LAMPS!r},\n{line},\n{BELLS!r}]")


@pytest.mark.parametrize("endless", ["{", '"",', "{},"])
def test_an_endless_array_is_given_up(endless):
    started = time.process_time()
    assert parse("[{" + endless * 1_500_000).records == ()
    assert time.process_time() - started < 30  # usual: 1


def test_a_line_that_is_too_long_is_refused():
    long = json.dumps({**LAMPS, "abstract": "x" * LONGEST_LINE})
    assert codes(f"{long}\n{BELLS!r}") == [("bad-line", 1)]


def test_values_of_a_wrong_kind_are_named():
    (problem,) = parse(json.dumps({**LAMPS, "title_zh": ["灯"]})).problems
    assert (problem.code, problem.arxiv_id) == ("wrong-type", "2501.97001")
    assert "“title_zh” of paper 2501.97001 must be text" in problem.message


def test_what_stands_between_the_objects_of_an_array_is_named():
    assert codes(f'[{json.dumps(LAMPS)}, "a text", {json.dumps(BELLS)}]') == [("bad-line", 1)]


def test_an_object_that_is_never_closed_does_not_take_the_next_one_with_it():
    text = json.dumps([LAMPS, BELLS, LAMPS], indent=2, ensure_ascii=False)
    broken = text.replace('"title": "Bells",', '"title": "Bells', 1).replace("A bell.", "{", 1)
    assert [one.arxiv_id for one in parse(broken).records] == ["2501.97001", "2501.97001"]


def test_harmful_characters_do_not_come_in_through_escapes():
    (record,) = parse(json.dumps({**LAMPS, "title": "La\u202emp\ud800s\x00"})).records
    assert record.title == "Lamps"


def test_more_records_than_the_limit_are_left_out(monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_RECORDS", 1)
    parsed = parse(DIALECTS["JSON lines"](BOTH))
    assert len(parsed.records) == 1
    assert [(one.code, one.line) for one in parsed.problems] == [("too-many", 2)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_twin_is_told_from_markdown_by_how_it_begins(dialect):
    assert is_twin(DIALECTS[dialect](BOTH))
    assert not is_twin(record_text())
    assert not is_twin("[PDF](https://arxiv.org/pdf/2501.97001)")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_number_of_records_is_known_not_to_exceed_a_bound(dialect):
    assert at_most(DIALECTS[dialect](BOTH).encode()) >= 2
    assert at_most(b"\xef\xbb\xbf \n") == 0


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_twin_cut_anywhere_keeps_the_records_before_the_cut(dialect):
    text = DIALECTS[dialect](BOTH)
    whole = parse(text).records
    for cut in range(len(text)):
        kept = parse(text[:cut]).records
        assert kept == whole[: len(kept)]
        assert len(kept) >= (text.rfind("2501.97002", 0, cut) >= 0)


@settings(max_examples=300)
@given(st.text(alphabet="{}[]'\"\\,: \n1aS灯"))
@example("[{")
@example("'\\")
def test_no_almost_twin_makes_the_parser_raise(text):
    lines = text.count("\n") + 1
    assert all(1 <= (one.line or 1) <= lines for one in parse(text).problems)
