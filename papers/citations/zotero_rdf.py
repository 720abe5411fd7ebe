"""RDF as Zotero writes and reads it, the only format in which a web page tells it of a preprint.

Zotero's translator "RDF" reads it: https://github.com/zotero/translators/blob/master/RDF.js.
"""

from collections.abc import Iterable, Iterator

from papers.citations.name_parts import Name
from papers.citations.reference import Reference, one_line
from papers.text.xml_elements import element, nested

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield an RDF document with these papers as preprints."""
    namespaces = "".join(f' xmlns:{name}="{address}"' for name, address in _NAMESPACES.items())
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{namespaces}>\n'
    for reference in references:
        yield from (_preprint(reference), _pdf(reference))
    yield "</rdf:RDF>\n"


def _preprint(reference: Reference) -> str:
    texts = {
        "z:itemType": "preprint",
        "dc:title": reference.title,
        "dc:publisher": "arXiv",
        "prism:number": f"arXiv:{reference.arxiv_id}",
        "dc:date": "-".join(reference.submitted),
        "dc:identifier": f"DOI {reference.doi}",
        "dcterms:abstract": one_line(reference.abstract),
        "dc:description": reference.translation_note,
        "dc:language": "en",
        "z:citationKey": reference.key,
    }
    return nested(
        "bib:Document",
        *(element(name, text) for name, text in texts.items() if text),
        _address(reference.url),
        nested("bib:authors", nested("rdf:Seq", *map(_author, reference.names))),
        *(element("dc:subject", topic) for topic in reference.topics),
        element("link:link", rdf__resource=reference.pdf_url),
        rdf__about=reference.url,
    )


def _author(name: Name) -> str:
    parts = {"foaf:surname": name.literal or name.whole_family, "foaf:givenName": _given(name)}
    person = [element(part, one_line(text)) for part, text in parts.items() if text]
    return nested("rdf:li", nested("foaf:Person", *person))


def _given(name: Name) -> str:
    """Return the given names with the suffix, for which Zotero has no field."""
    return ", ".join(part for part in (name.given, name.suffix) if part)


def _pdf(reference: Reference) -> str:
    """Return the attachment that ``link:link`` names."""
    return nested(
        "z:Attachment",
        element("z:itemType", "attachment"),
        element("dc:title", "PDF"),
        element("link:type", "application/pdf"),
        _address(reference.pdf_url),
        rdf__about=reference.pdf_url,
    )


def _address(url: str) -> str:
    return nested("dc:identifier", nested("dcterms:URI", element("rdf:value", url)))
