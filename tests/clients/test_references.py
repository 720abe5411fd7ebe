"""LaTeX, biber, LibreOffice, pandoc and Zotero read references of real papers."""

import csv
import json
import os
import re
import urllib.request

import pytest

from papers.citations import bibtex, csl, csv_file, ris
from tests.support import missing

pytestmark = pytest.mark.corpus

MAX_ERRORS = 20  # of pdfLaTeX in 3,000 references; there were none in November 2026

WITH_BIBTEX = r"""
\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb}
\begin{document}\nocite{*}\bibliographystyle{plain}\bibliography{refs}\end{document}
"""
WITH_BIBER = r"""
\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb}
\usepackage[backend=biber]{biblatex}\addbibresource{refs.bib}
\DeclareSourcemap{\maps{\map{\step[fieldset=abstract, null]}}}
\begin{document}\nocite{*}\printbibliography\end{document}
"""


@pytest.mark.parametrize(("program", "document"), [("bibtex", WITH_BIBTEX), ("biber", WITH_BIBER)])
def test_pdflatex_sets_references(run, tmp_path, references, program, document):
    """biblatex leaves out the abstracts of 3,000 papers, which would fill TeX's memory."""
    (tmp_path / "refs.bib").write_text("".join(bibtex.write(references)), "utf-8")
    (tmp_path / "paper.tex").write_text(document, "utf-8")
    latex = ("pdflatex", "-interaction=nonstopmode", "paper.tex")
    run(*latex, may_fail=True)
    assert not re.search("WARN|ERROR|Warning", run(program, "paper"))
    run(*latex, may_fail=True)
    log = (tmp_path / "paper.log").read_text("latin-1")
    assert sum(line.startswith("!") for line in log.splitlines()) <= MAX_ERRORS
    assert "Output written on paper.pdf" in log


def test_a_spreadsheet_changes_no_id(run, tmp_path, all_references):
    (tmp_path / "papers.csv").write_text("".join(csv_file.write(all_references)), "utf-8")
    form = "44,34,76,1"  # comma, quotation mark, UTF-8, from the first line
    text = f"csv:Text - txt - csv (StarCalc):{form}"
    run(
        *("soffice", "--headless", f"--infilter=CSV:{form}"),
        *("--convert-to", text, "--outdir", "saved", "papers.csv"),
    )
    with (tmp_path / "saved" / "papers.csv").open(encoding="utf-8-sig", newline="") as saved:
        ids = [row["arxiv_id"] for row in csv.DictReader(saved)]
    assert ids == [f"arXiv:{one.arxiv_id}" for one in all_references]


def test_pandoc_writes_a_bibliography(run, tmp_path, references):
    """``CSL_STYLE`` names a style; GB/T 7714 was tried (docs/clients.md)."""
    (tmp_path / "refs.json").write_text("".join(csl.write(references[:300])), "utf-8")
    (tmp_path / "paper.md").write_text('---\nnocite: "@*"\n---\n', "utf-8")
    style = [f"--csl={os.environ['CSL_STYLE']}"] if os.environ.get("CSL_STYLE") else []
    sources = ("paper.md", "--citeproc", "--bibliography=refs.json")
    written = run("pandoc", *sources, *style, "--to=plain", "--wrap=none")
    assert written.count("10.48550/arXiv") >= 300
    assert "titleTranslation" not in written


@pytest.mark.parametrize("form", [ris, csl], ids=["RIS", "CSL-JSON"])
def test_zotero_takes_all_creators_and_the_chinese_title(references, form):
    """``ZOTERO_SERVER`` is the address of a running translation-server."""
    if not (server := os.environ.get("ZOTERO_SERVER")):
        missing("no Zotero: ZOTERO_SERVER should name a translation-server")
    some = [one for one in references if one.title_zh][:50]
    request = urllib.request.Request(
        f"{server}/import", "".join(form.write(some)).encode(), {"Content-Type": "text/plain"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        items = json.load(answer)
    assert [item["title"] for item in items] == [one.title for one in some]
    for item, reference in zip(items, some, strict=True):
        assert len(item["creators"]) == len(reference.authors)
        assert reference.translation_note in item["extra"]
        assert item["itemType"] == "preprint" or "Type: preprint" in item["extra"]
