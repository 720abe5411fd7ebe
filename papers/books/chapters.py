"""The pages of a book as XHTML."""

import re
from collections.abc import Iterable

from django.conf import settings

from papers.books.book import Book
from papers.http.links import absolute
from papers.models import Paper
from papers.text.author_names import split_authors
from papers.text.bilingual import BOTH, DEFAULT, Bilingual, Shown
from papers.text.sanitize import clean
from papers.text.xml_elements import document, element, nested

XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"
OPS = "http://www.idpf.org/2007/ops"
STYLE = """\
body { line-height: 1.5; margin: 0 4%; }
:lang(zh-Hans) { line-height: 1.75; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; line-height: 1.35; margin: 2.5em 0 0; }
.other { font-weight: bold; margin: 0.2em 0 0; }
.authors, .links, .about { font-size: 0.85em; }
.formula-display { display: block; text-align: center; }
.small-caps { font-variant: small-caps; }
code { font-size: 0.9em; }
"""

# A formula in HTML needs no namespace; within its text HTML's elements are not allowed.
_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_IN_MATH_TEXT = re.compile(r"</?(?:b|i|em|code)>")


def file_of(number: int) -> str:
    """Return the file name of a chapter; the first is 1."""
    return f"chapter-{number}.xhtml"


def place_of(paper: Paper) -> str:
    """Return the id of the paper's element in its chapter."""
    return f"p-{paper.arxiv_id.replace('/', '-')}"


def page(title: str, *inside: str, language: str = "en") -> str:
    """Return a whole XHTML document."""
    head = nested(
        "head",
        element("title", title),
        element("link", rel="stylesheet", type="text/css", href="style.css"),
    )
    root = nested(
        "html",
        head,
        nested("body", *inside),
        xmlns=XHTML,
        xmlns__epub=OPS,
        lang=language,
        xml__lang=language,
    )
    return document(root, "<!DOCTYPE html>\n")


def title_page(book: Book) -> str:
    """Return what the book is, where it is from, and that the Chinese is machine translation."""
    papers = "1 paper" if book.number == 1 else f"{book.number} papers"
    return page(
        book.name.en,
        element("h1", settings.SITE_NAME),
        _in_both("p", book.name),
        element("p", f"{papers} · {book.number} 篇论文"),
        element(
            "p",
            "Titles, authors and abstracts are those of arXiv. The Chinese is machine translation;"
            " the arXiv original is authoritative.",
            class_="about",
        ),
        element(
            "p",
            "标题、作者和摘要来自 arXiv；中文为机器翻译，以 arXiv 原文为准。",
            lang="zh-Hans",
            xml__lang="zh-Hans",
            class_="about",
        ),
        nested("p", element("a", book.page, href=book.page), class_="links"),
    )


def chapter(name: Bilingual, papers: Iterable[Paper]) -> str:
    """Return a chapter: the papers of one topic, with all of their texts."""
    return page(name.en, _in_both("h1", name), *map(_paper, papers))


def _paper(paper: Paper) -> str:
    first, *others = DEFAULT.titles(paper.title)
    authors = ", ".join(clean(name) for name in split_authors(paper.authors_text))
    return nested(
        "section",
        _text("h2", first, first.html),
        *(_text("p", other, other.html, "other") for other in others),
        element("p", authors, class_="authors") if authors else "",
        *(
            _text("p", shown, paragraph)
            for shown in DEFAULT.abstracts(paper.abstract)
            for paragraph in shown.paragraphs
        ),
        nested("p", " · ".join(_links(paper)), class_="links"),
        id=place_of(paper),
    )


def _links(paper: Paper) -> list[str]:
    links = [
        (paper.arxiv_url, f"arXiv {paper.arxiv_id}"),
        (paper.html_url, "HTML"),
        (paper.pdf_url, "PDF"),
        (absolute(paper.get_absolute_url()), settings.SITE_NAME),
    ]
    return [element("a", name, href=address) for address, name in links if address]


def _text(tag: str, shown: Shown, html: str, kind: str = "") -> str:
    language = shown.html_lang
    return nested(tag, _as_xhtml(html), lang=language, xml__lang=language, class_=kind)


def _as_xhtml(html: str) -> str:
    """Return safe inline HTML of ours as XHTML."""
    return _MATH.sub(lambda formula: _formula(formula[0]), html)


def _formula(math: str) -> str:
    return _IN_MATH_TEXT.sub("", math).replace("<math", f'<math xmlns="{MATHML}"', 1)


def _in_both(tag: str, name: Bilingual) -> str:
    """Return an element with a name in both languages."""
    return nested(tag, one_line(name.shown(BOTH)))


def one_line(texts: Iterable[Shown]) -> str:
    """Return texts, each in an element that says its language, on one line."""
    return " · ".join(
        element("span", clean(one.plain), lang=one.html_lang, xml__lang=one.html_lang)
        for one in texts
    )
