"""The abstract of the workbench sentence by sentence, so that one sentence can be edited by itself.

The field stays one text: a script puts it together again (``static/js/admin/sentences.js``)."""

import re
from dataclasses import dataclass

from papers.admin.decision_forms import TextsForm
from papers.glossary import Glossary, current_glossary
from papers.glossary.strayed import translated_terms
from papers.models import Paper
from papers.text.sentence_pairs import pairs_of

MAX_TERMS = 6
_FORMULA = re.compile(r"\$[^$]{1,200}\$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class SentenceRow:
    """A sentence in both languages as it stands in the fields; empty where one lacks it. ``after``
    is the white space behind the Chinese. All of ``chinese + after`` together are the field.

    ``lost`` are the formulas and numbers that only one of the two has, ``terms`` the terms of the
    English, with their Chinese, that the Chinese says otherwise or not at all."""

    english: str
    chinese: str
    after: str
    lost: list[str]
    terms: list[tuple[str, str]]


def sentence_rows(paper: Paper, texts: TextsForm) -> list[SentenceRow]:
    """The rows of the abstracts in the form; none where pairs are not sure."""
    english, chinese = (_lines(texts[name].value()) for name in ("abstract_en", "abstract_zh"))
    glossary = current_glossary()
    return [
        _row(english[slice(*pair.english)], chinese[slice(*pair.chinese)], glossary)
        for pair in pairs_of({}, english, chinese, paper.arxiv_url)
    ]


def _lines(value: str | None) -> str:
    """A text with its lines as a browser counts them."""
    return (value or "").replace("\r\n", "\n")


def _row(english: str, chinese: str, glossary: Glossary) -> SentenceRow:
    kept = chinese.rstrip()
    return SentenceRow(
        english.strip(),
        kept,
        chinese[len(kept) :],
        lost_signs(english, kept) if english.strip() and kept else [],
        _terms(english, kept, glossary) if kept else [],
    )


def lost_signs(english: str, chinese: str) -> list[str]:
    """Return the formulas and numbers that only one of two sentences has."""
    signs = [*_FORMULA.findall(english), *_FORMULA.findall(chinese)]
    numbers = [_NUMBER.findall(_FORMULA.sub(" ", text)) for text in (english, chinese)]
    found = [one for one in signs if "".join(one.split()) not in _bare(english, chinese)]
    found += [one for one in numbers[0] if one not in chinese]
    found += [one for one in numbers[1] if one not in english]
    return list(dict.fromkeys(found))


def _bare(english: str, chinese: str) -> set[str]:
    """Return the formulas that both have, without spaces."""
    left, right = (
        {"".join(one.split()) for one in _FORMULA.findall(t)} for t in (english, chinese)
    )
    return left & right


def _terms(english: str, chinese: str, glossary: Glossary) -> list[tuple[str, str]]:
    said = translated_terms(english, chinese, glossary)
    missing = [term for term, is_there in said.items() if not is_there]
    known = ((term, glossary.shown_chinese_of(term)) for term in missing)
    return [(term, usual) for term, usual in known if usual][:MAX_TERMS]
