"""Truncated or damaged files: no error, no long wait, and other records stay intact."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from papers.digests.errors import DigestRefused
from papers.digests.files import DigestFile
from papers.digests.formats import parse, read
from papers.digests.records import ParsedDigest, Record
from papers.models import Appearance
from tests.importing.conftest import importing
from tests.support import record_text

IDS = ("2501.97001", "2501.97002", "2501.97003")
TITLES = ("Lamps", "Bells and Whistles", "Kites")
ABSTRACT, ABSTRACT_ZH = "We light $n$ lamps.\nAnd count {shadows}: “all”.", "我们点灯。\n\n数影子。"


def as_dict(arxiv_id: str, title: str) -> dict[str, str]:
    return {
        "arxiv_id": f"arXiv:{arxiv_id}",
        "title": title,
        "authors": "Ada Example, Bo Muster, Jr.",
        "abstract": ABSTRACT,
        "title_zh": "灯",
        "abstract_zh": ABSTRACT_ZH,
    }


def whole_file(form: str) -> list[bytes]:
    """A digest of three records, each with the bytes that end it."""
    if form == "markdown":
        texts = {"abstract": ABSTRACT, "abstract_zh": ABSTRACT_ZH}
        records = [record_text(*one, **texts) for one in zip(IDS, TITLES, strict=True)]
    else:
        dump = {"JSON": json.dumps, "Python": repr}[form]
        records = [f"{dump(as_dict(*one))}\n" for one in zip(IDS, TITLES, strict=True)]
    return [record.encode() for record in records]


LABELS = (b"\n**Title (ZH)**:", b"\n**Authors**:", b"\n**Link**:")
FORMS = {"markdown": "x.md", "JSON": "x.jsonl", "Python": "x.jsonl"}
WHOLE = {form: whole_file(form) for form in FORMS}


def read_all(form: str, content: bytes) -> ParsedDigest | str:
    """What is read, or the code of what it is refused for; in less than a second."""
    started = time.process_time()
    try:
        return parse(read(DigestFile("x", Path(FORMS[form]), lambda: content))).parsed
    except DigestRefused as refused:
        return refused.problem.code
    finally:
        assert time.process_time() - started < 1


def known(form: str) -> tuple[Record, ...]:
    parsed = read_all(form, b"".join(WHOLE[form]))
    assert [record.title for record in parsed.records] == list(TITLES)
    return parsed.records


@pytest.mark.parametrize("form", FORMS)
def test_a_file_cut_at_any_byte_keeps_the_records_before_the_cut(form):
    content, records = b"".join(WHOLE[form]), known(form)
    ends = [len(b"".join(WHOLE[form][: number + 1])) for number in range(3)]
    for cut in range(len(content)):
        parsed = read_all(form, content[:cut])
        if isinstance(parsed, str):  # within a character of several bytes
            assert parsed == "encoding"
            continue
        complete = sum(end <= cut for end in ends)
        assert parsed.records[:complete] == records[:complete]
        assert len(parsed.records) <= complete + 1


PIECES = st.one_of(
    st.binary(max_size=6),
    st.text(max_size=6).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [
            *(b"---", b"\n---\n", b"\n# ", b"# Kites\n\n", b"\n", b"\r", b"**Link**:"),
            *(
                b"\n**Authors**: ",
                b"\n**Abstract**: ",
                b"\n**Abstract (ZH)**: ",
                b"\n**Title (ZH)**: ",
                b"](https://",
            ),
            *(b"'", b'"', b"\\", b"{", b"}", b"[", b"]", b"'''", b"\\u", b"\xef\xbb\xbf", b"\x00"),
            *(b"\xff", b"\xed\xa0\x80", "\u202e".encode(), "灯".encode(), b"9" * 500, b"(" * 50),
        ]
    ),
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=6)


def spoilt(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, removed, inserted in edits:
        start = int(place * len(content))
        content = content[:start] + inserted + content[start + removed :]
    return content


@settings(max_examples=1000)
@given(st.sampled_from(sorted(FORMS)), EDITS)
def test_a_spoilt_file_is_read_or_refused_and_never_an_error(form, edits):
    parsed = read_all(form, spoilt(b"".join(WHOLE[form]), edits))
    if not isinstance(parsed, str):
        assert all(record.arxiv_id and record.title for record in parsed.records)
        assert all(problem.message.endswith(".") for problem in parsed.problems)


@settings(max_examples=1000)
@given(st.sampled_from(sorted(FORMS)), EDITS)
def test_a_spoilt_record_leaves_its_neighbours_as_they_are(form, edits):
    before, middle, after = WHOLE[form]
    # What divides records stays: the mark that begins one, the rule or line that ends it.
    begin, end = (2, 5) if form == "markdown" else (0, 1)
    inside = spoilt(middle[begin:-end], edits)
    # (Text in which no field is left cannot be told from a translation that goes on.)
    assume(form != "markdown" or any(label in inside for label in LABELS))
    content = before + middle[:begin] + inside + middle[-end:] + after
    parsed = read_all(form, content)
    if isinstance(parsed, str):
        assert parsed in {"binary", "encoding"}  # the file is not text any more
        return
    first, *_, last = parsed.records
    assert first == known(form)[0]
    assert replace(last, line=0) == replace(known(form)[2], line=0)


@pytest.mark.django_db
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FORMS)), EDITS)
def test_a_spoilt_file_leaves_the_files_beside_it_as_they_are(tmp_path, form, edits):
    name = "README.md" if form == "markdown" else "papers.jsonl"
    sound = b"".join(WHOLE["markdown"])
    files = {"AI/README.md": sound, "RO/README.md": sound}
    files[f"NLP/{name}"] = spoilt(b"".join(WHOLE[form]), edits)
    for place, content in files.items():
        file = tmp_path / form / "2025-01-29" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    report = importing(tmp_path / form)
    assert report.digests + report.digests_empty + report.refused_files + report.passed_over == 3
    for topic in ("cs-ai", "cs-ro"):
        standing = Appearance.objects.standing().filter(digest__topic__slug=topic)
        assert set(standing.values_list("paper__arxiv_id", flat=True)) == set(IDS)
