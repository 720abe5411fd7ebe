"""Translate what a request asks for, by looking it up: the true Chinese, with the request's marks.

A request hides formulas, addresses and code behind marks such as ``⟦1⟧``. The English that a mark
hides is found by comparing the request with the paper; the mark then takes the place of the same
words in the true Chinese, or, if it does not have them, the place at the same share of its length.
"""

import re
from collections.abc import Iterable

from tests.translation.bilingual import THIS_ADDRESS, THIS_ADDRESS_ZH, Bilingual

MARK = re.compile(r"⟦\d+⟧")
_CHINESE_OF = {THIS_ADDRESS: THIS_ADDRESS_ZH}
_ENDS = "，。；：？！"


class Unknown(LookupError):
    """The request asks for a text that no known paper has."""


class Translator:
    """Knows the true Chinese of some papers."""

    def __init__(self, papers: Iterable[Bilingual]) -> None:
        self._papers = list(papers)
        self._by_title = {_spaced(paper.title): paper for paper in self._papers}

    def paper(self, asked: dict) -> Bilingual:
        """Return the paper that one entry of a request is about."""
        title = _spaced(asked["title"])
        if title in self._by_title:
            return self._by_title[title]
        for paper in self._papers:
            if MARK.search(title) and _hidden(title, paper.title) is not None:
                return paper
        raise Unknown(title)

    def answer(self, asked: dict) -> dict:
        """Return the good answer for one entry of a request."""
        paper = self.paper(asked)
        good = {"n": asked["n"], "title": _marked(asked["title"], paper.title, paper.title_zh)}
        if "abstract" in asked:
            good["abstract"] = _marked(asked["abstract"], paper.abstract, paper.abstract_zh)
        return good

    def truth(self, asked: dict) -> tuple[str, str]:
        """Return title and abstract of the good answer with the words that the marks hide."""
        paper, answer = self.paper(asked), self.answer(asked)
        english = {"title": paper.title, "abstract": paper.abstract}
        texts = dict(answer)
        for field in answer.keys() - {"n"}:
            for mark, words in _hidden(_spaced(asked[field]), english[field]) or []:
                texts[field] = texts[field].replace(mark, words)
        return texts["title"], texts.get("abstract", "")


def _marked(asked: str, english: str, chinese: str) -> str:
    """Return the true Chinese with each mark of ``asked`` exactly once."""
    hidden = _hidden(_spaced(asked), english)
    if hidden is None:
        raise Unknown(asked)
    places: list[tuple[int, int, str]] = []
    for mark, words in hidden:
        start, end = _place_of(words, chinese, [(one, two) for one, two, _ in places])
        if start < 0:
            start = end = _at_share(asked.find(mark) / len(asked), chinese, places)
        places.append((start, end, mark))
    for start, end, mark in sorted(places, key=lambda one: one[:2], reverse=True):
        chinese = chinese[:start] + mark + chinese[end:]
    return chinese


def _hidden(asked: str, english: str) -> list[tuple[str, str]] | None:
    """Return each mark with the English that it hides; None if this is another text."""
    pieces = MARK.split(asked)
    pattern = "(.+?)".join(re.escape(piece) for piece in pieces)
    found = re.fullmatch(pattern, _spaced(english), re.DOTALL)
    return list(zip(MARK.findall(asked), found.groups(), strict=True)) if found else None


def _place_of(words: str, chinese: str, taken: list[tuple[int, int]]) -> tuple[int, int]:
    for form in (words, _CHINESE_OF.get(words, words), words.strip("$")):
        start = chinese.find(form)
        while start >= 0:
            end = start + len(form)
            if all(end <= one or start >= two for one, two in taken):
                return start, end
            start = chinese.find(form, start + 1)
    return -1, -1


def _at_share(share: float, chinese: str, taken: list[tuple[int, int, str]]) -> int:
    """Return the place before the nearest punctuation, outside of the places that are taken."""
    ends = [at for at, char in enumerate(chinese) if char in _ENDS] or [len(chinese)]
    free = [at for at in ends if not any(one < at < two for one, two, _ in taken)]
    return min(free or [len(chinese)], key=lambda at: abs(at - share * len(chinese)))


def _spaced(text: str) -> str:
    return " ".join(text.split())
