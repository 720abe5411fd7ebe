"""A book as one file, made while it is sent."""

import datetime
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from papers.books import chapters, package
from papers.books.book import Book

CONTENT_TYPE = "application/epub+zip"


class _Pieces:
    """A file of which the beginning is taken away while its end is written.

    ``ZipFile`` goes back only to the head of the entry that it writes, which is not taken yet.
    """

    def __init__(self) -> None:
        self.kept = bytearray()
        self.taken = self.place = 0

    def write(self, data: bytes) -> int:
        start = self.place - self.taken
        self.kept[start : start + len(data)] = data
        self.place += len(data)
        return len(data)

    def tell(self) -> int:
        return self.place

    def seek(self, place: int) -> int:
        self.place = place
        return place

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        piece, self.kept = bytes(self.kept), bytearray()
        self.taken += len(piece)
        return piece


def write(book: Book) -> Iterator[bytes]:
    """Yield the EPUB file in pieces, one for each file in it."""
    pieces = _Pieces()
    when = book.modified.astimezone(datetime.UTC).timetuple()[:6]
    with ZipFile(pieces, "w") as archive:
        # Programs know an EPUB by its first bytes, which are not compressed.
        archive.writestr(_entry("mimetype", when, ZIP_STORED), CONTENT_TYPE)
        for name, text in _files(book):
            archive.writestr(_entry(name, when, ZIP_DEFLATED), text)
            yield pieces.take()
    yield pieces.take()


def _entry(name: str, when: tuple, compression: int) -> ZipInfo:
    entry = ZipInfo(name, when)
    entry.compress_type = compression
    entry.external_attr = 0o644 << 16
    return entry


def _files(book: Book) -> Iterator[tuple[str, str]]:
    yield "META-INF/container.xml", package.CONTAINER
    yield "EPUB/style.css", chapters.STYLE
    yield "EPUB/cover.svg", package.cover(book)
    yield "EPUB/title.xhtml", chapters.title_page(book)
    listed, math = [], []
    for number, chapter in enumerate(book.chapters, 1):
        papers = chapter.read()
        written = chapters.chapter(chapter.name, papers)
        yield f"EPUB/{chapters.file_of(number)}", written
        listed.append((chapter.name, papers))
        math.append("<math" in written)
    yield "EPUB/contents.xhtml", package.contents(listed)
    yield "EPUB/package.opf", package.package(book, math)
