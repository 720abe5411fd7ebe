"""Citations parsed by third-party parsers have the values that were written."""

import csv
import io
import json
import re

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from lxml import etree

from papers.citations import bibtex, csl, csv_file, export, jsonl, ris, zotero_rdf
from papers.citations.reference import Reference, reference_of
from papers.models import Paper
from tests.citations.reading import meaning
from tests.hostile import hostile_papers
from tests.importing.conftest import importing


@pytest.fixture(scope="module")
def references() -> list[Reference]:
    return [reference_of(paper, {"rag": "Retrieval"}) for paper in hostile_papers(2_000)]


def assert_bibtex_says(written: str, references: list[Reference]) -> None:
    library = bibtexparser.parse_string(
        written, append_middleware=[SeparateCoAuthors(), SplitNameParts()]
    )
    assert library.failed_blocks == []
    assert [one.key for one in library.entries] == [one.key for one in references]
    for entry, reference in zip(library.entries, references, strict=True):
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        assert meaning(fields["title"]) == meaning(reference.title)
        assert (fields["year"], fields["eprint"]) == (str(reference.year), reference.arxiv_id)
        names = [_whole(parts) for parts in fields.get("author", [])]
        assert names == [_squeezed(name.sorted) for name in reference.names]
        assert meaning(fields.get("titletranslation", "")) == meaning(reference.title_zh)
        assert not reference.title_zh or reference.title_zh not in fields["title"]


def _whole(parts) -> str:
    """``Family, Given, Suffix`` of a name that BibTeX took apart."""
    told = [" ".join([*parts.von, *parts.last]), " ".join(parts.first), " ".join(parts.jr)]
    return _squeezed(", ".join(meaning(one) for one in told if one))


def _squeezed(text: str) -> str:
    """The text without space, and without the braces that only hold it together."""
    return re.sub(r"[{}\s]", "", text)


def assert_ris_says(written: str, references: list[Reference]) -> None:
    for entry, reference in zip(rispy.loads(written), references, strict=True):
        assert (entry["id"], entry["title"]) == (reference.key, reference.title)
        assert entry.get("authors", []) == [name.sorted for name in reference.names]
        assert entry["year"] == str(reference.year)
        assert entry["accession_number"] == f"arXiv:{reference.arxiv_id}"
        assert entry.get("translated_title", "") == reference.title_zh


def test_bibtex_of_two_thousand_hostile_papers(references):
    assert_bibtex_says("".join(bibtex.write(references)), references)


def test_ris_of_two_thousand_hostile_papers(references):
    assert_ris_says("".join(ris.write(references)), references)


def test_zoteros_rdf_of_two_thousand_hostile_papers(references):
    document = etree.fromstring("".join(zotero_rdf.write(references)).encode())
    papers = document.findall("{*}Document")
    assert [one.findtext("{*}title") for one in papers] == [one.title for one in references]
    authors = [len(one.findall(".//{*}Person")) for one in papers]
    assert authors == [len(one.authors) for one in references]


def test_keys_are_unique_and_the_same_in_every_form(references):
    keys = [one.key for one in references]
    assert len(set(keys)) == len(keys)
    assert [item["id"] for item in json.loads("".join(csl.write(references)))] == keys
    rows = "".join(jsonl.write(references)).splitlines()
    assert [json.loads(row)["key"] for row in rows] == keys
    assert [row["key"] for row in read_csv(references)] == keys


def read_csv(references: list[Reference]) -> list[dict[str, str]]:
    """The rows as docs/api.md tells a program to read them."""
    written = "".join(csv_file.write(references)).removeprefix("\ufeff")
    rows = csv.DictReader(io.StringIO(written, newline=""))
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in rows]


def test_csv_is_no_formula_to_a_spreadsheet_and_reads_back_exactly(references):
    written = "".join(csv_file.write(references)).removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for row, reference in zip(read_csv(references), references, strict=True):
        assert row["title_en"] == reference.title
        assert row["abstract_en"] == reference.abstract
        assert row["authors"] == "; ".join(reference.authors)


def test_csl_holds_names_in_parts_and_the_chinese_title_in_the_note(references):
    for item, reference in zip(json.loads("".join(csl.write(references))), references, strict=True):
        assert item["title"] == reference.title
        assert len(item.get("author", [])) == len(reference.authors)
        assert item.get("note", "") == reference.translation_note
        assert item["issued"]["date-parts"][0][0] == reference.year


def test_a_list_without_papers_is_a_whole_file_too():
    assert json.loads("".join(csl.write([]))) == []
    assert "".join(csv_file.write([])).startswith("\ufeffarxiv_id,")
    assert "".join(bibtex.write([])) == ""


@pytest.mark.corpus
@pytest.mark.django_db
def test_a_real_day_reads_back(corpus):
    """``tests/scale/test_whole_corpus.py`` reads all of it back."""
    importing(corpus / "corpus" / "daily/29-Jan-2025")
    taken = list(export.references(Paper.objects.published().newest_first()))
    assert len(taken) > 100
    assert_ris_says("".join(ris.write(taken)), taken)
    assert_bibtex_says("".join(bibtex.write(taken)), taken)
