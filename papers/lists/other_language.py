"""A query in the other language, by the terms of the glossary that it has."""

from collections.abc import Callable, Iterable

from papers.glossary import Found, current_glossary
from papers.glossary.tokens import has_han
from papers.search import Query


def in_other_language(query: Query) -> str:
    """Return the query with its terms in the other language, as phrases; empty without a term.

    Latin words beside Chinese terms stay. Chinese that is no known term is left out, so that the
    query finds more rather than nothing.
    """
    text, glossary = " ".join(query.texts()), current_glossary()
    if has_han(text):
        return _translated(text, glossary.in_chinese(text), glossary.shown_english_of)
    return _translated(text, glossary.in_english(text), glossary.shown_chinese_of)


def _translated(text: str, found: Iterable[Found], translate: Callable[[str], str]) -> str:
    words: list[str] = []
    terms, at = 0, 0
    for one in found:
        if term := translate(one.term):
            words += [*_kept(text[at : one.start]), f'"{term}"']
            terms, at = terms + 1, one.end
    return " ".join([*words, *_kept(text[at:])]) if terms else ""


def _kept(rest: str) -> list[str]:
    return [word for word in rest.split() if not has_han(word) and any(map(str.isalnum, word))]
