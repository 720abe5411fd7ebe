"""A digest in two formats: markdown is used unless it is unreadable or holds fewer papers."""

from dataclasses import replace
from pathlib import Path

import pytest

from papers.digests import formats, jsonl
from papers.digests.errors import DigestRefused
from papers.digests.files import DigestFile, refused
from tests.support import record_text

ONE, TWO = "2501.97001", "2501.97002"
UNREADABLE = DigestRefused("unreadable", "Cannot be read: Input/output error.")


def markdown(*ids: str) -> bytes:
    return "".join(record_text(one, title="From markdown") for one in ids).encode()


def twin(*ids: str) -> bytes:
    records = (
        {"arxiv_id": one, "title": "From the twin", "authors": "A", "abstract": "x"} for one in ids
    )
    return "".join(f"{record}\n" for record in records).encode()


def file(name: str, content: bytes) -> DigestFile:
    return DigestFile(name, Path(name), lambda: content)


def pair(main: bytes | DigestRefused, other: bytes | DigestRefused) -> DigestFile:
    both = []
    for name, content in (("x.md", main), ("x.jsonl", other)):
        is_refused = isinstance(content, DigestRefused)
        both.append(refused(name, Path(name), content) if is_refused else file(name, content))
    return replace(both[0], twin=both[1])


def reading(main, other) -> tuple[str, list[str], list[str]]:
    """Which file was read, the titles, the problems."""
    read = formats.parse(formats.read(pair(main, other)))
    titles = [record.title for record in read.parsed.records]
    return read.file.shown, titles, [problem.code for problem in read.parsed.problems]


def test_the_markdown_wins_where_both_hold_as_much():
    assert reading(markdown(ONE), twin(ONE)) == ("x.md", ["From markdown"], [])
    assert reading(markdown(ONE, TWO), twin(ONE)) == ("x.md", ["From markdown"] * 2, [])


def test_the_twin_wins_where_the_markdown_holds_fewer_and_that_is_said():
    shown, titles, problems = reading(markdown(ONE), twin(ONE, TWO))
    assert (shown, titles, problems) == ("x.jsonl", ["From the twin"] * 2, ["twin-read"])


@pytest.mark.parametrize("main", [b"", b"\xff\xfe", b"\x00", UNREADABLE])
def test_the_twin_wins_where_the_markdown_is_empty_or_cannot_be_read(main):
    assert reading(main, twin(ONE)) == ("x.jsonl", ["From the twin"], ["twin-read"])


def test_a_table_of_links_beside_a_twin_is_no_worse_digest():
    table = b"| Day | Link |\n|--|--|\n| 29 | [Link](x) |\n"
    assert reading(table, twin(ONE))[:2] == ("x.jsonl", ["From the twin"])


@pytest.mark.parametrize("other", [b"", b"\xff", b"{'arxiv_id': \n", UNREADABLE])
def test_a_twin_that_cannot_be_read_does_not_matter(other):
    assert reading(markdown(ONE), other) == ("x.md", ["From markdown"], [])


def test_where_neither_can_be_read_the_markdown_says_why():
    with pytest.raises(DigestRefused, match="Input/output error"):
        formats.read(pair(UNREADABLE, UNREADABLE))
    with pytest.raises(DigestRefused, match="Byte 1 is not UTF-8"):
        formats.parse(formats.read(pair(b"#\xff", b"\xff")))


def test_the_twin_of_a_whole_markdown_file_is_not_parsed(monkeypatch):
    monkeypatch.setattr(jsonl, "parse", lambda text: pytest.fail("it was parsed"))
    assert reading(markdown(ONE, TWO), twin(ONE, TWO))[0] == "x.md"


def test_a_change_in_either_file_changes_the_hash():
    contents = [(markdown(ONE), twin(ONE)), (markdown(TWO), twin(ONE)), (markdown(ONE), twin(TWO))]
    hashes = {formats.read(pair(*content)).hash for content in contents}
    hashes.add(formats.read(file("x.md", markdown(ONE))).hash)
    assert len(hashes) == 4
    assert formats.read(pair(*contents[0])).hash in hashes


@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "-"])
def test_a_file_without_an_ending_for_markdown_is_read_by_how_it_begins(name):
    (record,) = formats.parse(formats.read(file(name, twin(ONE)))).parsed.records
    assert record.title == "From the twin"


@pytest.mark.parametrize("name", ["x.md", "x.txt", "-"])
def test_markdown_may_have_any_name(name):
    (record,) = formats.parse(formats.read(file(name, markdown(ONE)))).parsed.records
    assert record.title == "From markdown"


@pytest.mark.parametrize("content", [b"", b"[]\n", b"\n"])
def test_an_empty_twin_is_a_quiet_day(content):
    assert formats.parse(formats.read(file("x.jsonl", content))).is_blank


# --- A record within an abstract


def within(rule: str) -> str:
    forged = record_text(TWO, title="Forged", abstract="Forged.", title_zh="", abstract_zh="")
    return (
        f"We light lamps.\n\n{rule}{forged.removesuffix('---' + chr(10) * 2).rstrip('-' + chr(10))}"
    )


def both_forms(abstract: str, *others: str) -> tuple[bytes, bytes]:
    records = [(ONE, abstract), *((other, "x") for other in others)]
    in_markdown = (record_text(one, title="Of its own", abstract=said) for one, said in records)
    in_twin = (
        {"arxiv_id": one, "title": "Of its own", "authors": "A", "abstract": said}
        for one, said in records
    )
    return "".join(in_markdown).encode(), "".join(f"{one}\n" for one in in_twin).encode()


def papers_of(main: bytes, other: bytes | None = None) -> tuple[list[tuple[str, str]], list[str]]:
    given = pair(main, other) if other is not None else file("x.md", main)
    parsed = formats.parse(formats.read(given)).parsed
    records = [(one.arxiv_id, one.title) for one in parsed.records]
    return records, [problem.code for problem in parsed.problems]


def test_a_record_within_an_abstract_is_a_problem_and_no_record():
    main, _ = both_forms(within(rule=""))
    assert papers_of(main) == ([(ONE, "Of its own")], ["within-text"])


@pytest.mark.parametrize("rule", ["", "---\n\n"])
def test_of_a_record_within_an_abstract_the_twin_is_believed(rule):
    main, other = both_forms(within(rule))
    assert papers_of(main, other) == ([(ONE, "Of its own")], ["twin-read"])


def test_a_record_within_an_abstract_does_not_speak_for_one_that_comes_after_it():
    main, other = both_forms(within(rule="---\n\n"), TWO)
    both = [(ONE, "Of its own"), (TWO, "Of its own")]
    assert papers_of(main, other) == (both, ["twin-read"])


def test_a_twin_that_was_cut_off_takes_no_record_away():
    main, other = both_forms(within(rule="---\n\n"), TWO)
    records, problems = papers_of(main, other[:-20])
    assert ([one for one, _ in records], problems) == ([ONE, TWO, TWO], [])
