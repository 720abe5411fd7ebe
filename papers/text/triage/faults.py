"""The names of the faults of Chinese texts, and the result of a triage."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The named faults. A text may have several."""

    MISSING = "missing"
    """There is no text: ``""``."""

    NOT_CHINESE = "not-chinese"
    """The text has no Chinese, or none after the model's own words are removed:
    ``"FlexMotion: Lightweight Motion"``. An abstract also if less than a tenth of it is Chinese."""

    TOO_SHORT = "too-short"
    """The text is much too short for its English. An abstract of one line, like a title
    (``"基于灯笼的检索方法"``), for an English one of 1,200 characters; a title of one word
    (``"灯"``) for a long one. A title of one or two characters and an abstract of less than twenty
    are not shown."""

    INCOMPLETE = "incomplete"
    """An abstract in which at least one whole sentence of the English is missing."""

    EXPLAINED = "explained"
    """The model added words of its own, a preface, an explanation or a note:
    ``"以下是翻译：…"``, ``"多模态检索\\n\\n解释：…"``, ``"…良好。（注：此处保留原文术语）"``."""

    CHAT = "chat"
    """The text contains or is a turn of a chat, a refusal, or the repeated instruction:
    ``"很抱歉，您提供的…"``, a line ``user``, ``"将以下论文标题翻译成中文：…"``."""

    FOREIGN_SCRIPT = "foreign-script"
    """The text has letters of a third script, which its English does not have:
    ``"一种新的метод用于检索"``."""

    PLACEHOLDER = "placeholder"
    """The text has an unfilled placeholder: ``"代码见[插入链接]。"``, ``"（请替换）"``."""

    INVENTED_ADDRESS = "invented-address"
    """The model invented an address that looks real; its English does not have it:
    ``"代码见 https://github.com/lanterns/code。"``. The address is not shown."""

    GARBLED = "garbled"
    """The text repeats a piece many times (``"灯笼灯笼灯笼灯笼"``), is much longer than its
    English, or has broken words that neither language has (``"灯笼检索gorithm"``)."""

    HALF_TRANSLATED = "half-translated"
    """Several words or a phrase were left in English: ``"面向 small machines 的 retrieval"``. A
    single term, words that are usual in English (``token``) and names do not count."""

    FORMULAS_LOST = "formulas-lost"
    """Most formulas of the English are missing: ``"复杂度很低"`` for ``"$O(n \\log n)$ time"``.
    A formula written without its dollar signs is not lost."""

    SEVERAL_LINES = "several-lines"
    """A title has several lines, and none is clearly an explanation: there are two candidates."""

    IDENTICAL = "identical"
    """The text equals its English, except for case, spaces and punctuation."""

    STRAYED = "strayed"
    """An abstract that has few of the terms of its English: it translates another text, or most of
    it is missing. ``papers/glossary/strayed.py`` finds it, because it needs the glossary."""


@dataclass(frozen=True)
class Triaged:
    """The cleaned text that readers may see, or empty, and the faults of the text as given."""

    text: str
    faults: tuple[Fault, ...]
