"""Texts in two languages, and the choice of the languages that a reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from papers.text.markup import (
    Rendering,
    SafeHtml,
    escape,
    lead_text,
    without_typed_spaces,
)

EN, ZH, BOTH = "en", "zh", "both"
CHOICES = (EN, ZH, BOTH)
LANGUAGES = (EN, ZH)
HTML_LANG = {EN: "en", ZH: "zh-Hans"}


@dataclass(frozen=True)
class Reading:
    """A reader's languages for titles and for abstracts, each ``en``, ``zh`` or ``both``.

    ``first`` is the language that comes first where both are shown.
    """

    title: str
    abstract: str
    first: str = EN

    @classmethod
    def parse(cls, code: str) -> "Reading | None":
        """Parse ``en``, ``zh``, ``both`` or a pair such as ``en-zh`` (titles, abstracts).

        Return None for anything else.
        """
        title, _, abstract = code.partition("-")
        reading = cls(title, abstract or title)
        known = title in CHOICES and reading.abstract in CHOICES
        return reading if known and not code.endswith("-") else None

    @property
    def code(self) -> str:
        """The value of ``lang`` in an address: one word if both choices are equal, else a pair."""
        return self.title if self.title == self.abstract else f"{self.title}-{self.abstract}"

    @property
    def wants_chinese(self) -> bool:
        return self.title != EN

    def with_both(self, choice: str) -> "Reading":
        return replace(self, title=choice, abstract=choice)

    def with_title(self, choice: str) -> "Reading":
        return replace(self, title=choice)

    def with_abstract(self, choice: str) -> "Reading":
        return replace(self, abstract=choice)

    def with_first(self, language: str) -> "Reading":
        return replace(self, first=language)

    def titles(self, title: "Bilingual") -> "list[Shown]":
        """Return a title in the languages that this reader chose for titles."""
        return title.shown(self.title, self.first)

    def abstracts(self, abstract: "Bilingual") -> "list[Shown]":
        """Return an abstract in the languages that this reader chose for abstracts."""
        return abstract.shown(self.abstract, self.first)


DEFAULT = Reading(BOTH, BOTH)


@dataclass(frozen=True)
class Shown:
    """One text as shown, with its language. ``missing`` is the requested language, if different."""

    language: str
    text: str
    missing: str = ""
    rendering: Rendering = field(default=Rendering(), compare=False, repr=False)

    @property
    def html_lang(self) -> str:
        """The value of the ``lang`` attribute."""
        return HTML_LANG[self.language]

    @property
    def html(self) -> SafeHtml:
        """The text, a title, as inline HTML without links."""
        return self._set(self.rendering.title(self.text))

    @property
    def paragraphs(self) -> list[SafeHtml]:
        """The text, an abstract, as a list of paragraphs in inline HTML."""
        return [self._set(one) for one in self.rendering.paragraphs(self.text)]

    @property
    def lead(self) -> SafeHtml:
        """The first words of the text, an abstract, without markup, as HTML for an attribute."""
        return self._set(escape(lead_text(self.text)))

    @property
    def plain(self) -> str:
        """The text without markup, for feeds, page titles, descriptions and citations."""
        return self.rendering.plain(self.text)

    def _set(self, html: SafeHtml) -> SafeHtml:
        """Return the HTML as this language is set."""
        return without_typed_spaces(html) if self.language == ZH else html


@dataclass(frozen=True)
class Bilingual:
    """One text in two languages. Either may be missing (empty)."""

    en: str = ""
    zh: str = ""
    renderings: Mapping[str, Rendering] = field(default_factory=dict, compare=False, repr=False)

    def shown(self, choice: str, first: str = EN) -> list[Shown]:
        """Return the texts to show, the language ``first`` before the other one.

        A missing text is replaced by the other language and marked as such, so that nothing is
        blank: ``Bilingual("Lamps", "").shown("zh")`` is the English text with ``missing="zh"``.
        """
        texts = {EN: self.en, ZH: self.zh}
        both = (EN, ZH) if first == EN else (ZH, EN)
        wanted = both if choice == BOTH else (choice,)
        there = [language for language in wanted if texts[language]]
        lacking = next((language for language in wanted if not texts[language]), "")
        if not there:
            there = [language for language in texts if texts[language]]
        return [
            Shown(language, texts[language], lacking, self.renderings.get(language, Rendering()))
            for language in there
        ]

    def best(self, choice: str) -> str:
        """Return one text, without markup, for places with room for only one, as a page title."""
        return next((shown.plain for shown in self.shown(choice)), "")
