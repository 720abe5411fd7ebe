"""One reference, written whole in each form."""

import csv
import dataclasses
import datetime
import io
import json

import pytest

from papers.citations import bibtex, lines, ris, table
from papers.citations.reference import Reference, one_line, reference_of
from tests.hostile import hostile_papers

LAMP = Reference(
    key="example2025lamps",
    arxiv_id="2501.97001",
    title="Lamps for Dark Corpora",
    title_zh="照亮暗处语料的灯",
    authors=("Ada Example", "Bo Muster"),
    year=2025,
    month=1,
    abstract="We light lamps.\n\nAnd count shadows.",
    abstract_zh="我们点灯。",
    topics=("Retrieval", "Robots"),
    topic_slugs=("rag", "ro"),
    zh_state="ok",
    first_seen=datetime.date(2025, 1, 29),
    modified=datetime.datetime(2025, 1, 29, tzinfo=datetime.UTC),
    page="https://papers.example.org/papers/2501.97001/",
)


def test_bibtex_has_every_field_and_the_month_as_a_word_of_its_own():
    assert bibtex.entry(LAMP) == (
        "@misc{example2025lamps,\n"
        "  title = {Lamps for Dark Corpora},\n"
        "  author = {Example, Ada and Muster, Bo},\n"
        "  year = {2025},\n"
        "  month = jan,\n"
        "  eprint = {2501.97001},\n"
        "  archivePrefix = {arXiv},\n"
        "  doi = {10.48550/arXiv.2501.97001},\n"
        "  url = {https://arxiv.org/abs/2501.97001},\n"
        "  keywords = {Retrieval, Robots},\n"
        "  note = {titleTranslation: 照亮暗处语料的灯},\n"
        "  abstract = {We light lamps. And count shadows.},\n"
        "}\n\n"
    )


def test_ris_has_every_tag():
    assert ris.entry(LAMP).split("\r\n") == [
        "TY  - UNPB",
        "ID  - example2025lamps",
        "TI  - Lamps for Dark Corpora",
        "TT  - 照亮暗处语料的灯",
        "AU  - Example, Ada",
        "AU  - Muster, Bo",
        "PY  - 2025",
        "DA  - 2025/01//",
        "AN  - arXiv:2501.97001",
        "DO  - 10.48550/arXiv.2501.97001",
        "UR  - https://arxiv.org/abs/2501.97001",
        "L1  - https://arxiv.org/pdf/2501.97001",
        "PB  - arXiv",
        "KW  - Retrieval",
        "KW  - Robots",
        "AB  - We light lamps. And count shadows.",
        "N1  - titleTranslation: 照亮暗处语料的灯",
        "ER  - ",
        "",
        "",
    ]


def test_a_line_of_json_has_lists_as_lists_and_null_for_what_lacks():
    (line,) = lines.write([LAMP])
    row = json.loads(line)
    assert row["abstract_en"] == LAMP.abstract
    assert (row["topics"], row["authors"]) == (["rag", "ro"], ["Ada Example", "Bo Muster"])
    assert row["page"] == LAMP.page
    lacking = dataclasses.replace(LAMP, title_zh="", abstract="", abstract_zh="", month=0)
    (line,) = lines.write([lacking])
    row = json.loads(line)
    assert [name for name, value in row.items() if value is None] == [
        *("title_zh", "month", "abstract_en", "abstract_zh")
    ]


def test_a_row_of_the_table_is_the_paper_and_only_formulas_are_guarded():
    formula = dataclasses.replace(LAMP, title="=1+1")
    rows = list(csv.DictReader(io.StringIO("".join(table.write([LAMP, formula]))[1:])))
    assert rows[0]["title_en"] == LAMP.title
    assert rows[0]["authors"] == "Ada Example; Bo Muster"
    assert rows[0]["first_seen"] == "2025-01-29"
    assert rows[1]["title_en"] == "'=1+1"


@pytest.mark.parametrize(("text", "line"), [("a\n b", "a b"), (" a\t\tb ", "a b"), ("", "")])
def test_a_text_of_one_line_has_single_spaces(text, line):
    assert one_line(text) == line


def test_a_reference_leads_back_to_the_papers_page_here(settings):
    settings.SITE_URL = "https://papers.example.org"
    (paper,) = hostile_papers(1)
    address = f"https://papers.example.org/papers/{paper.arxiv_id}/"
    assert reference_of(paper, {}).page == address
