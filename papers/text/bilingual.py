"""Which languages a reader reads in, and what a text in two languages shows to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation.trans_real import parse_accept_lang_header

from papers.text.markup import Rendering

EN, ZH, BOTH = "en", "zh", "both"
CHOICES = (EN, ZH, BOTH)
HTML_LANG = {EN: "en", ZH: "zh-Hans"}
COOKIE = "lang"


@dataclass(frozen=True)
class Reading:
    """The languages for titles and for abstracts, each ``en``, ``zh`` or ``both``."""

    title: str
    abstract: str

    @classmethod
    def parse(cls, code: str) -> "Reading | None":
        """``en``, ``zh``, ``both`` or a pair such as ``en-zh`` (titles, abstracts); else None."""
        title, _, abstract = code.partition("-")
        reading = cls(title, abstract or title)
        known = title in CHOICES and reading.abstract in CHOICES
        return reading if known and not code.endswith("-") else None

    @property
    def code(self) -> str:
        """The value of ``lang`` in an address; a pair of equals is written as the one word."""
        return self.title if self.title == self.abstract else f"{self.title}-{self.abstract}"

    def with_title(self, choice: str) -> "Reading":
        return Reading(choice, self.abstract)

    def with_abstract(self, choice: str) -> "Reading":
        return Reading(self.title, choice)


DEFAULT = Reading(BOTH, BOTH)


@dataclass(frozen=True)
class Shown:
    """One text as shown: its language, and which asked-for language it stands in for, if any."""

    language: str
    text: str
    missing: str = ""
    rendering: Rendering = field(default=Rendering(), compare=False, repr=False)

    @property
    def html_lang(self) -> str:
        """The value of the ``lang`` attribute."""
        return HTML_LANG[self.language]

    @property
    def html(self) -> SafeString:
        """A title as inline HTML, without links."""
        return self.rendering.title(self.text)

    @property
    def paragraphs(self) -> list[SafeString]:
        """An abstract as the HTML of its paragraphs."""
        return self.rendering.paragraphs(self.text)

    @property
    def lead(self) -> SafeString:
        """The first words of an abstract as inline HTML, without links."""
        return self.rendering.lead(self.text)

    @property
    def plain(self) -> str:
        """The text without any markup: for feeds, tabs, descriptions and citations."""
        return self.rendering.plain(self.text)


@dataclass(frozen=True)
class Bilingual:
    """One text in two languages, either of which may be lacking (empty)."""

    en: str = ""
    zh: str = ""
    renderings: Mapping[str, Rendering] = field(default_factory=dict, compare=False, repr=False)

    def shown(self, choice: str) -> list[Shown]:
        """The texts to show, English first.

        What a language lacks is shown in the other one and says so, so that nothing is blank:
        ``Bilingual("Lamps", "").shown("zh")`` is the English text with ``missing="zh"``.
        """
        texts = {EN: self.en, ZH: self.zh}
        wanted = (EN, ZH) if choice == BOTH else (choice,)
        there = [language for language in wanted if texts[language]]
        lacking = next((language for language in wanted if not texts[language]), "")
        if not there:
            there = [language for language in texts if texts[language]]
        return [
            Shown(language, texts[language], lacking, self.renderings.get(language, Rendering()))
            for language in there
        ]

    def best(self, choice: str) -> str:
        """One line of plain text for places that hold only one, such as the title of a tab."""
        return next((shown.plain for shown in self.shown(choice)), "")


class RequestReading:
    """The reading language of one request, found when it is first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def asked(self) -> str:
        """What the address says, understood or not; empty where it says nothing."""
        return self._request.GET.get("lang", "")

    @cached_property
    def from_address(self) -> Reading | None:
        return Reading.parse(self.asked) if self.asked else None

    @cached_property
    def chosen(self) -> Reading:
        """The address, else the cookie, else the browser's preference."""
        return (
            self.from_address
            or Reading.parse(self._request.COOKIES.get(COOKIE, ""))
            or preferred(self._request.headers.get("Accept-Language", ""))
        )


_FOR_PROGRAMS = re.compile(
    r"/api/|/(?:unapi|suggest)$|.*\.(?:atom|rss|json|bib|ris|csv|jsonl|opml|xml|txt)$"
)


def depends_on_reader(path: str) -> bool:
    """Whether what stands at this path is a page for people, in the languages that they prefer.

    Feeds, exports and the API say their language in their address and read no preference.
    """
    return not _FOR_PROGRAMS.match(path)


class ReadingRequest(HttpRequest):
    """A request as ``papers.http.middleware`` hands it on."""

    reading: RequestReading


def preferred(accept_language: str) -> Reading:
    """Both languages for a browser that prefers Chinese to English, else English."""
    for language, quality in parse_accept_lang_header(accept_language):
        if not quality:
            continue  # "not this one"
        if language.startswith("zh"):
            return DEFAULT
        if language.startswith("en"):
            break
    return Reading(EN, EN)
