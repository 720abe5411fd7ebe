"""What a reading program reads first: the package document, the contents, and the cover."""

from collections.abc import Sequence

from django.conf import settings

from papers.books.book import Book
from papers.books.chapters import file_of, one_line, page, place_of
from papers.feeds.entries import tag
from papers.models import Paper
from papers.text import dates
from papers.text.bilingual import BOTH, Bilingual
from papers.text.xml_elements import document, element, nested

CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_PAGE = "application/xhtml+xml"
_OPEN = {
    "schema:accessMode": ("textual",),
    "schema:accessModeSufficient": ("textual",),
    "schema:accessibilityFeature": ("MathML", "tableOfContents", "structuralNavigation"),
    "schema:accessibilityHazard": ("none",),
}


def package(book: Book, math: Sequence[bool]) -> str:
    """Return the package document. ``math`` says of each chapter whether it has formulas."""
    chapters = range(1, len(book.chapters) + 1)
    items = [
        _item("contents", "contents.xhtml", _PAGE, "nav"),
        _item("cover", "cover.svg", "image/svg+xml", "cover-image"),
        _item("style", "style.css", "text/css"),
        _item("title", "title.xhtml", _PAGE),
        *(
            _item(f"chapter-{number}", file_of(number), _PAGE, "mathml" if has_math else "")
            for number, has_math in zip(chapters, math, strict=True)
        ),
    ]
    order = ["title", "contents", *(f"chapter-{number}" for number in chapters)]
    root = nested(
        "package",
        _metadata(book),
        nested("manifest", *items),
        nested("spine", *(element("itemref", idref=one) for one in order)),
        xmlns="http://www.idpf.org/2007/opf",
        version="3.0",
        unique_identifier="id",
        xml__lang="en",
    )
    return document(root)


def _item(name: str, file: str, kind: str, properties: str = "") -> str:
    return element("item", id=name, href=file, properties=properties, media_type=kind)


def _metadata(book: Book) -> str:
    return nested(
        "metadata",
        element("dc:identifier", tag(f"book{book.page.removeprefix(settings.SITE_URL)}"), id="id"),
        element("dc:title", f"{settings.SITE_NAME} · {book.name.en} · {book.name.zh}"),
        element("dc:language", "en"),
        element("dc:language", "zh-Hans"),
        element("dc:publisher", settings.SITE_NAME),
        element("dc:date", book.day.isoformat()),
        element("dc:source", book.page),
        element("meta", f"{book.modified:%Y-%m-%dT%H:%M:%SZ}", property="dcterms:modified"),
        *(element("meta", one, property=name) for name, all in _OPEN.items() for one in all),
        xmlns__dc="http://purl.org/dc/elements/1.1/",
    )


def contents(chapters: Sequence[tuple[Bilingual, Sequence[Paper]]]) -> str:
    """Return the navigation document: topics, and within each its papers."""
    listed = [
        nested(
            "li",
            nested("a", one_line(name.shown(BOTH)), href=file_of(number)),
            nested("ol", *(_entry(paper, file_of(number)) for paper in papers)),
        )
        for number, (name, papers) in enumerate(chapters, 1)
    ]
    heading = nested("h1", one_line(Bilingual("Contents", "目录").shown(BOTH)))
    return page("Contents", nested("nav", heading, nested("ol", *listed), epub__type="toc"))


def _entry(paper: Paper, file: str) -> str:
    title = one_line(paper.title.shown(BOTH))
    return nested("li", nested("a", title, href=f"{file}#{place_of(paper)}"))


def cover(book: Book) -> str:
    """Return the cover as SVG: the site's mark, its name, what the book is, and its date."""
    day, (weekday, whole) = book.day, dates.day_in_english(book.day)
    is_of_day = book.name.zh == dates.short_day(day, chinese=True)
    name = Bilingual(weekday, dates.day_in_chinese(day)[0]) if is_of_day else book.name
    lines = [
        _line(settings.SITE_NAME, 420, 64),
        _line(f"{day.day}", 760, 260),
        _line(whole.partition(" ")[2], 860, 48),
        _line(dates.day_in_chinese(day)[1], 940, 48, "zh-Hans"),
        _line(name.en[:40], 1080, 36),
        _line(name.zh[:24], 1140, 36, "zh-Hans"),
    ]
    ground = element("rect", width="900", height="1200", fill="#fbfaf6")
    band = element("rect", width="900", height="24", fill="#a5301c")
    root = nested(
        "svg",
        element("title", f"{settings.SITE_NAME}, {day.isoformat()}"),
        ground,
        band,
        *lines,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 900 1200",
        font_family="serif",
        text_anchor="middle",
        fill="#1d1b18",
    )
    return document(root)


def _line(text: str, y: int, size: int, language: str = "en") -> str:
    return element("text", text, x="450", y=f"{y}", xml__lang=language, font_size=f"{size}")
