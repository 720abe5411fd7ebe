"""The names of what can be wrong with a Chinese text."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The named faults. A text may have several."""

    MISSING = "missing"
    """No text at all: ``""``."""

    NOT_CHINESE = "not-chinese"
    """No Chinese in it, or none left once the model's own words are gone:
    ``"FlexMotion: Lightweight Motion"``. An abstract also when hardly a tenth of it is Chinese."""

    TOO_SHORT = "too-short"
    """An abstract far shorter than its English could become: one line like a title,
    ``"基于灯笼的检索方法"``, for an English abstract of 1,200 characters."""

    INCOMPLETE = "incomplete"
    """An abstract in which at least one whole sentence of the English is missing."""

    EXPLAINED = "explained"
    """The model's own words around it, a preface, an explanation or a note:
    ``"以下是翻译：…"``, ``"多模态检索\\n\\n解释：…"``, ``"…良好。（注：此处保留原文术语）"``."""

    CHAT = "chat"
    """A turn of the chat in it or instead of it, a refusal, the instruction repeated:
    ``"很抱歉，您提供的…"``, a line ``user``, ``"将以下论文标题翻译成中文：…"``."""

    FOREIGN_SCRIPT = "foreign-script"
    """Letters of a third script that its English does not have: ``"一种新的метод用于检索"``."""

    PLACEHOLDER = "placeholder"
    """A place that somebody should have filled: ``"代码见[插入链接]。"``, ``"（请替换）"``."""

    FORMULAS_LOST = "formulas-lost"
    """Most formulas of the English are gone: ``"复杂度很低"`` for ``"$O(n \\log n)$ time"``.
    A formula written without its dollar signs is not lost."""

    SEVERAL_LINES = "several-lines"
    """A title of several lines, none of which is plainly an explanation: two candidates."""

    IDENTICAL = "identical"
    """The English again, but for case, spaces and punctuation."""


@dataclass(frozen=True)
class Triaged:
    """The text as readers may see it, and the faults of the text as given."""

    text: str
    faults: tuple[Fault, ...]
