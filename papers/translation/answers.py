"""Read a model's answer: one JSON object with each paper once, and nothing else."""

import json
import re
from collections.abc import Sequence
from typing import Any

from papers.text.sanitize import clean, newlines
from papers.translation.prompt import ABSTRACT, TITLE, Asked
from papers.translation.reasons import Reason

_FENCE = re.compile(r"```(?:json)?[ \t]*\n(.*?)\n?```", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


class Unreadable(Exception):
    """The answer as a whole is refused."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


Texts = dict[str, str]


def read_answer(text: str, is_cut: bool, papers: Sequence[Asked]) -> list[Texts]:
    """Return the texts for each of the papers, by field; a field that lacks is empty.

    Raise Unreadable. A thought before the object and a code fence around it are passed over.
    """
    answer = _object(text.strip(), is_cut)
    listed = answer.get("papers")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Unreadable(Reason.NOT_JSON)
    by_number: dict[int, Texts] = {}
    for one in listed:
        number = one.get("n")
        if type(number) is not int or not 1 <= number <= len(papers):
            raise Unreadable(Reason.WRONG_NUMBER)
        if number in by_number:
            raise Unreadable(Reason.TWO_ANSWERS)
        by_number[number] = {field: _text(one.get(field)) for field in (TITLE, ABSTRACT)}
    nothing = {TITLE: "", ABSTRACT: ""}
    return [by_number.get(number, nothing) for number in range(1, len(papers) + 1)]


def _text(given: Any) -> str:
    return clean(newlines(given)) if isinstance(given, str) else ""


def _object(text: str, is_cut: bool) -> dict:
    text = _THOUGHT.sub("", text, count=1).strip() if text.startswith("<think>") else text
    if fenced := _FENCE.fullmatch(text):
        text = fenced[1].strip()
    try:
        answer, end = json.JSONDecoder(object_pairs_hook=_once).raw_decode(text)
    except (ValueError, RecursionError):
        raise Unreadable(_why_unreadable(text, is_cut)) from None
    if rest := text[end:].strip():
        raise Unreadable(Reason.TWO_ANSWERS if rest.startswith("{") else Reason.CHAT_AROUND)
    if not isinstance(answer, dict):
        raise Unreadable(Reason.NOT_JSON)
    return answer


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable(Reason.TWO_ANSWERS)
    return found


def _why_unreadable(text: str, is_cut: bool) -> Reason:
    if is_cut or (text.startswith("{") and not text.endswith("}")):
        return Reason.TRUNCATED
    if "{" in text and not text.startswith("{"):
        return Reason.CHAT_AROUND
    return Reason.NOT_JSON
