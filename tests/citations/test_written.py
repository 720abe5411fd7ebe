"""One reference, written in full in each format."""

import csv
import dataclasses
import datetime
import io
import json

import pytest
from lxml import etree

from papers.citations import bibtex, csl, csv_file, jsonl, ris, zotero_rdf
from papers.citations.reference import Reference, one_line, reference_of, topic_names
from papers.models import Paper, Topic

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
        "  titletranslation = {照亮暗处语料的灯},\n"
        "  author = {Example, Ada and Muster, Bo},\n"
        "  year = {2025},\n"
        "  month = jan,\n"
        "  eprint = {2501.97001},\n"
        "  archivePrefix = {arXiv},\n"
        "  eprinttype = {arxiv},\n"
        "  doi = {10.48550/arXiv.2501.97001},\n"
        "  url = {https://arxiv.org/abs/2501.97001},\n"
        "  keywords = {Retrieval, Robots},\n"
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
        "M2  - titleTranslation: 照亮暗处语料的灯",
        "M2  - Type: preprint",
        "M2  - Archive ID: 2501.97001",
        "M2  - Repository: arXiv",
        "ER  - ",
        "",
        "",
    ]


def test_zoteros_rdf_says_that_the_paper_is_a_preprint():
    document = etree.fromstring("".join(zotero_rdf.write([LAMP])).encode())
    paper, pdf = document

    def texts(name: str) -> list[str | None]:
        return [one.text for one in paper.iter(f"{{*}}{name}")]

    assert paper.tag == "{http://purl.org/net/biblio#}Document"
    assert texts("itemType") == ["preprint"]
    assert texts("title") == ["Lamps for Dark Corpora"]
    assert texts("publisher") == ["arXiv"]
    assert texts("number") == ["arXiv:2501.97001"]
    assert texts("description") == ["titleTranslation: 照亮暗处语料的灯"]
    assert texts("surname") == ["Example", "Muster"]
    assert texts("givenName") == ["Ada", "Bo"]
    assert texts("date") == ["2025-01"]
    assert texts("value") == ["https://arxiv.org/abs/2501.97001"]
    assert [one.text for one in pdf.iter("{*}value")] == ["https://arxiv.org/pdf/2501.97001"]


def test_csl_has_every_field():
    assert csl.item(LAMP) == {
        "id": "example2025lamps",
        "type": "article",
        "genre": "preprint",
        "title": "Lamps for Dark Corpora",
        "author": [
            {"family": "Example", "given": "Ada"},
            {"family": "Muster", "given": "Bo"},
        ],
        "issued": {"date-parts": [[2025, 1]]},
        "publisher": "arXiv",
        "number": "arXiv:2501.97001",
        "DOI": "10.48550/arXiv.2501.97001",
        "URL": "https://arxiv.org/abs/2501.97001",
        "abstract": "We light lamps. And count shadows.",
        "keyword": "Retrieval, Robots",
        "note": "titleTranslation: 照亮暗处语料的灯",
    }


def test_csl_tells_the_parts_of_a_name_apart():
    names = ("Laurens van der Maaten", "D. Dummy, Jr.", "马毅")
    assert csl.item(dataclasses.replace(LAMP, authors=names))["author"] == [
        {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
        {"family": "Dummy", "given": "D.", "suffix": "Jr."},
        {"literal": "马毅"},
    ]


def test_a_file_of_csl_has_an_item_on_each_line_and_chinese_as_it_is():
    opening, *items, closing = "".join(csl.write([LAMP, LAMP])).splitlines()
    assert (opening, closing) == ("[", "]")
    assert [json.loads(item.removesuffix(",")) for item in items] == [csl.item(LAMP)] * 2
    assert all(LAMP.title_zh in item for item in items)


def test_a_paper_without_a_month_has_the_year_alone():
    lacking = dataclasses.replace(LAMP, month=0)
    assert "month" not in bibtex.entry(lacking)
    assert "DA  - 2025///\r\n" in ris.entry(lacking)
    assert csl.item(lacking)["issued"] == {"date-parts": [[2025]]}


def test_bibtex_protects_what_it_would_divide():
    names = ("Max and Moritz", "The Lantern & Lamp Group", "D. Dummy, Jr.")
    assert (
        "  author = {Moritz, {Max and} and {The Lantern \\& Lamp Group} and Dummy, Jr., D.},\n"
    ) in bibtex.entry(dataclasses.replace(LAMP, authors=names))


ROW = {
    "arxiv_id": "2501.97001",
    "key": "example2025lamps",
    "title_en": "Lamps for Dark Corpora",
    "title_zh": "照亮暗处语料的灯",
    "authors": ["Ada Example", "Bo Muster"],
    "year": 2025,
    "month": 1,
    "first_seen": "2025-01-29",
    "topics": ["rag", "ro"],
    "zh": "ok",
    "abstract_en": "We light lamps.\n\nAnd count shadows.",
    "abstract_zh": "我们点灯。",
    "page": "https://papers.example.org/papers/2501.97001/",
    "arxiv_url": "https://arxiv.org/abs/2501.97001",
    "pdf_url": "https://arxiv.org/pdf/2501.97001",
}


def test_a_line_of_json_has_every_column_and_chinese_as_it_is():
    (line,) = jsonl.write([LAMP])
    assert json.loads(line) == ROW
    assert LAMP.title_zh in line
    assert line.endswith("}\n")


def test_what_a_paper_lacks_is_null_in_json():
    lacking = dataclasses.replace(LAMP, title_zh="", abstract="", abstract_zh="", month=0)
    (line,) = jsonl.write([lacking])
    assert [name for name, value in json.loads(line).items() if value is None] == [
        *("title_zh", "month", "abstract_en", "abstract_zh")
    ]


def table_rows(*references: Reference) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_file.write(references))[1:])))


def test_a_row_of_the_table_has_every_column_and_lists_in_one_cell():
    (row,) = table_rows(LAMP)
    lists = {"authors": "Ada Example; Bo Muster", "topics": "rag; ro"}
    as_text = {"arxiv_id": "arXiv:2501.97001"}  # no spreadsheet reads it as a number
    assert row == {name: str(value) for name, value in ROW.items()} | lists | as_text


def test_a_month_that_is_not_known_is_an_empty_cell():
    (row,) = table_rows(dataclasses.replace(LAMP, month=0))
    assert (row["year"], row["month"]) == ("2025", "")


def test_only_formulas_are_guarded_in_the_table():
    (row,) = table_rows(dataclasses.replace(LAMP, title="=1+1"))
    assert row["title_en"] == "'=1+1"


@pytest.mark.parametrize(("text", "line"), [("a\n b", "a b"), (" a\t\tb ", "a b"), ("", "")])
def test_a_text_of_one_line_has_single_spaces(text, line):
    assert one_line(text) == line


def test_a_reference_is_what_the_paper_says_with_its_topics_by_slug_and_name(settings):
    settings.SITE_URL = "https://papers.example.org"
    paper = Paper(
        arxiv_id="2501.97001",
        title_en="Lamps for\n Dark Corpora",
        title_zh="照亮暗处\n语料的灯",
        authors_text="Ada Example, Bo Muster",
        abstract_en=LAMP.abstract,
        abstract_zh=LAMP.abstract_zh,
        zh_state="ok",
        first_seen=LAMP.first_seen,
        modified=LAMP.modified,
        card={"topics": ["rag", "ro"]},
    )
    assert reference_of(paper, {"rag": "Retrieval"}) == dataclasses.replace(
        LAMP,
        key="example2025lamps_2501.97001",
        title_zh="照亮暗处 语料的灯",
        topics=("Retrieval", "ro"),
    )


@pytest.mark.django_db
def test_topics_are_called_by_their_english_names():
    Topic.objects.create(kind="theme", slug="rag", name_en="Retrieval", name_zh="检索")
    assert topic_names() == {"rag": "Retrieval"}


BROKEN = "Robots\r\nER  - \r\n\r\nTY  - JOUR\u2028TI  - Forged\x0b\x85"


@pytest.mark.parametrize("form", [ris, bibtex, csv_file], ids=lambda form: form.__name__)
def test_a_line_break_in_any_text_makes_no_other_line(form):
    texts = ("title", "title_zh", "authors", "topics")
    hostile = {name: (BROKEN,) if name in ("authors", "topics") else BROKEN for name in texts}
    written = "".join(form.write([dataclasses.replace(LAMP, abstract="Short.", **hostile)]))
    plain = "".join(form.write([dataclasses.replace(LAMP, abstract="Short.")]))
    assert len(written.splitlines()) <= len(plain.splitlines())
