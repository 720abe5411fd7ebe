"""Find turns of a chat within a translation, and refusals instead of one."""

import re

from papers.text.triage.english import English
from papers.text.triage.signs import HAN

_TURN = re.compile(r"[\"“]?(?:user|assistant|system)[：:\"”]?")
_GLUED_TURN = re.compile(r"user[a-z]{2,20}\b")  # "userisper…": the name joined to a broken word
_REFUSAL = re.compile(
    r"(?:(?:很|非常|十分)?抱歉|对不起)[，,。！!]"
    r"|作为(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)[，,]"
    r"|(?:您|你)(?:没有|并未|未)提供"
)
_REQUEST = re.compile("(?:请|能否|能不能|可否|可以|帮|把|如何理解|好的|当然|继续)")
_TO_MODEL = re.compile("您|你|这句话|这个标题|翻译成|继续翻译|直接输出|请解释|请总结")
_DEBRIS = re.compile(r"(?<=[\u4e00-\u9fff])[^\W\d_\u4e00-\u9fff]{1,12}\Z")


def turns(text: str, english: English) -> list[str]:
    """Return the text of each turn of the chat. Usually there is one, the whole text."""
    if "user" not in text and "assistant" not in text and "system" not in text:
        return [text]
    said: list[list[str]] = [[]]
    for line in text.split("\n"):
        if is_turn(line.strip(), english):
            said.append([])
        else:
            said[-1].append(line)
    return ["\n".join(lines) for lines in said]


def is_turn(line: str, english: English) -> bool:
    """Return whether the line is, or begins with, the name of the next speaker: ``user``."""
    if glued := _GLUED_TURN.match(line):
        return glued[0] not in english.folded
    return _TURN.fullmatch(line) is not None


def is_said_by_user(turn: str) -> bool:
    """Return whether a turn is a request, not a translation: ``请总结这个标题。``."""
    return _REQUEST.match(turn) is not None or _TO_MODEL.search(turn) is not None


def is_the_same(turn: str, first: str) -> bool:
    """Return whether a later turn repeats the first, sharing at least half of its characters."""
    begun = set(HAN.findall(first))
    return 2 * len(begun & set(turn)) >= len(begun)


def is_refusal(line: str, english: English) -> bool:
    """Return whether the model refuses or apologises: ``很抱歉，您提供的…``."""
    return bool(_REFUSAL.match(line)) and not english.is_sorry


def without_debris(line: str, english: English) -> str:
    """Return the line before a turn without a broken word at its end: ``…的基准stile``."""
    found = _DEBRIS.search(line[-20:])
    if not found or found[0].casefold() in english.words:
        return line
    return line[: len(line) - len(found[0])]
