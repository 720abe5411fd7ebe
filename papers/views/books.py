"""Days and lists as books to read offline."""

import datetime

from django.http import Http404, HttpRequest, StreamingHttpResponse

from papers.books import epub
from papers.books.book import MAX_PAPERS, Book, book_of_day, book_of_list
from papers.http.parameters import of_program
from papers.http.responses import opened
from papers.lists.filters import REPEATABLE, SINGLE
from papers.lists.strict_query import parse_papers, parse_reading
from papers.views.exports import file_name, named
from papers.views.feeds import ListScopedView
from papers.views.page import SafeMethodsOnly


class DayBook(SafeMethodsOnly):
    """``/days/2025-01-29.epub``: the papers of a day by topic."""

    parameters = of_program()

    def get(self, request: HttpRequest, day: datetime.date) -> StreamingHttpResponse:
        return _answer(book_of_day(day), day.isoformat())


class ListBook(ListScopedView):
    """``/papers.epub?…``: the newest papers of a filtered list, by topic."""

    parameters = of_program(*SINGLE, "lang", "source", repeatable=REPEATABLE)

    def get(self, request: HttpRequest, **kwargs) -> StreamingHttpResponse:
        the_list = self.the_list()
        parse_reading(request.GET)  # validate only: a book has both languages anyway
        asked = parse_papers(request.GET, the_list.papers, newest=MAX_PAPERS)
        book = book_of_list(the_list, asked.papers, asked.filters)
        return _answer(book, file_name(the_list.path))


def _answer(book: Book | None, name: str) -> StreamingHttpResponse:
    if book is None:
        raise Http404("No papers, and so no book.")
    answer = StreamingHttpResponse(epub.write(book), content_type=epub.CONTENT_TYPE)
    return opened(named(answer, f"{name}.epub"))
