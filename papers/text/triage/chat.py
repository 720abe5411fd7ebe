"""Turns of the chat that leaked into a translation, and refusals in its place."""

import re

from papers.text.triage.english import English

_TURN = re.compile(r"[\"“]?(?:user|assistant|system)[：:\"”]?")
_GLUED_TURN = re.compile(r"user[a-z]{2,20}\b")  # "userisper…": the name and what it broke
_REFUSAL = re.compile(
    r"(?:(?:很|非常|十分)?抱歉|对不起)[，,。！!]"
    r"|作为(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)[，,]"
    r"|(?:您|你)(?:没有|并未|未)提供"
)
_DEBRIS = re.compile(r"(?<=[\u4e00-\u9fff])[^\W\d_\u4e00-\u9fff]{1,12}\Z")


def is_turn(line: str, english: English) -> bool:
    """Whether the line is, or begins with, the name of who speaks next: ``user``."""
    if glued := _GLUED_TURN.match(line):
        return glued[0] not in english.folded
    return _TURN.fullmatch(line) is not None


def is_refusal(line: str, english: English) -> bool:
    """Whether the model excuses itself: ``很抱歉，您提供的…``."""
    return bool(_REFUSAL.match(line)) and not english.is_sorry


def without_debris(line: str, english: English) -> str:
    """The line before a turn, without the broken letters that often end it: ``…的基准stile``."""
    found = _DEBRIS.search(line[-20:])
    if not found or found[0].casefold() in english.folded:
        return line
    return line[: len(line) - len(found[0])]
