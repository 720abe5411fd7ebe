"""Export lists and single papers as citations and data, for other programs."""

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from papers.citations import zotero_rdf
from papers.citations.export import references
from papers.citations.formats import CITATIONS, FORMATS, Format
from papers.citations.reference import reference_of, topic_names
from papers.http.parameters import of_program, understands
from papers.http.responses import ResponseT, opened, refusal
from papers.lists.filters import REPEATABLE, SINGLE
from papers.lists.strict_query import parse_papers, parse_reading
from papers.models import Paper
from papers.text.xml_elements import document, element, nested
from papers.views.feeds import ListScopedView

PIECE = 64 * 1024  # characters sent at once
# Zotero takes the first format that it knows.
UNAPI_FORMATS = {
    "rdf_zotero": Format("Zotero RDF", "application/rdf+xml; charset=utf-8", zotero_rdf.write),
    "bibtex": CITATIONS["bib"],
    "ris": CITATIONS["ris"],
    "csljson": CITATIONS["csl.json"],
}


class Export(ListScopedView):
    """A filtered list as one file."""

    parameters = of_program(*SINGLE, "lang", "source", repeatable=REPEATABLE)

    def get(self, request: HttpRequest, form: str, **kwargs) -> HttpResponseBase:
        the_list = self.the_list()
        parse_reading(request.GET)  # validate only: the file has both languages anyway
        papers = parse_papers(request.GET, the_list.papers).papers
        written = FORMATS[form].write(references(papers))
        answer = StreamingHttpResponse(_in_pieces(written), content_type=FORMATS[form].content_type)
        return opened(named(answer, f"{file_name(the_list.path)}.{form}"))


@understands(of_program())
@require_safe
def citation(request: HttpRequest, arxiv_id: str, form: str) -> HttpResponse:
    """Return one paper as a citation file, for example ``/papers/2501.17161.bib``."""
    answer = _cited(arxiv_id, CITATIONS[form])
    return opened(named(answer, f"{arxiv_id.replace('/', '-')}.{form}"))


@understands(of_program("id", "format"))
@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """The unAPI endpoint, with which Zotero imports several papers from one page.

    Of its formats only Zotero's own RDF says that a paper is a preprint.
    Specification: https://unapi.info/specs/.
    """
    arxiv_id, form = request.GET.get("id", ""), request.GET.get("format", "")
    if form and form not in UNAPI_FORMATS:
        return HttpResponse("Unknown format.\n", status=406, content_type="text/plain")
    if form and not arxiv_id:
        return refusal(ValueError("The address has a format but no id."))
    if form:
        return opened(_cited(arxiv_id, UNAPI_FORMATS[form]))
    if arxiv_id:
        get_object_or_404(Paper.objects.published(), arxiv_id=arxiv_id[:32].replace("\x00", ""))
    return opened(_unapi_formats(arxiv_id))


def _unapi_formats(arxiv_id: str) -> HttpResponse:
    formats = "".join(
        element("format", name=name, type=form.content_type.partition(";")[0])
        for name, form in UNAPI_FORMATS.items()
    )
    return HttpResponse(
        document(nested("formats", formats, id=arxiv_id)),
        status=300 if arxiv_id else 200,
        content_type="application/xml; charset=utf-8",
    )


def _cited(arxiv_id: str, form: Format) -> HttpResponse:
    papers = Paper.objects.published()
    paper = get_object_or_404(papers, arxiv_id=arxiv_id[:32].replace("\x00", ""))
    written = "".join(form.write([reference_of(paper, topic_names())]))
    return HttpResponse(written, content_type=form.content_type)


def named(answer: ResponseT, name: str) -> ResponseT:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def file_name(path: str) -> str:
    """Return a file name for a path: ``/topics/rag/`` → ``topics-rag``."""
    return "-".join(re.findall(r"[\w.]+", path, re.ASCII))[:80] or "papers"


def _in_pieces(written: Iterator[str]) -> Iterator[bytes]:
    """Join the text into larger pieces.

    Each piece costs a system call and a flush of the compressor.
    """
    kept: list[str] = []
    size = 0
    for text in written:
        kept.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(kept).encode()
            kept, size = [], 0
    yield "".join(kept).encode()
