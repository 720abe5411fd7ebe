"""A Chinese title: one line, without what the model said around it."""

import re

from papers.text.triage import chat, notes, prefaces, signs
from papers.text.triage.english import English
from papers.text.triage.faults import Fault, Triaged

_LEAST_SHARE = 0.12  # of the English: less is a word that was explained, not the title
_MAX_LAYERS = 8
_HEADING = re.compile(r"\A(?:#\s*)+")
_QUOTES = (
    ("《", "》"),
    ("“", "”"),
    ('"', '"'),
    ("「", "」"),
    ("『", "』"),
    ("‘", "’"),
    ("'", "'"),
    ("`", "`"),
    ("**", "**"),
    ("_", "_"),
)

# A first line that is no title, and what the lines after a title say when they explain it.
_EXPLAINS_WORDS = re.compile(
    '翻译成|可以翻译|可翻译|译为[“"：]|学术规范|在此(?:语境|背景|上下文)|原文|原意'
    "|(?:通常|这里|一般|常)(?:是?指|用于表示|意为)|指的是|是指|意为|作为名词|给定的?标题|您提供"
)
_REMARKS = re.compile(
    "译|学术|原文|规范|这里|这样|如果|如需|希望|表达|通常|指的是|意为|保留|保持|解释|说明|内容|摘要"
    "|或者|或更|更[准正具]|调整|优化|考虑到|上下文|标题是|形式|完整|实际上|[Tt]ranslat"
)
_LIST_ITEM = re.compile(r"(?:[-*•]|\d{1,2}[.、)])\s")
_TWO_OFFERS = re.compile(r"[“《\"][^”》\"\n]{1,300}[”》\"]\s?(?:或|或者)\s?[“《\"]")
_OFFERED = re.compile(
    r"(?:翻译|译)[^“”《》\"：:。\n]{0,20}(?:为|是|成)[：:]?\s?"
    r"[“《\"]([^“”《》\"\n]{2,300})[”》\"](?!\s?[或、])"
)
_ALTERNATIVE = re.compile(
    r"\s?[（(]\s?(?:或|也可|或译)[^（）()：:\n]{0,12}[：:][^（）()\n]{1,300}[）)]\Z"
)


def triage_title(text: str, english: str = "") -> Triaged:
    """A Chinese title as its one line, and the faults of the text as given."""
    if not text.strip():
        return Triaged("", (Fault.MISSING,))
    title, faults = text, list[Fault]()
    for _ in range(_MAX_LAYERS):  # what was cleaned is read again: one layer may hide another
        reading = _Reading(title, English(english))
        before, title = title, reading.title()
        faults += reading.faults
        if title == before:
            break
    if not title:
        faults.append(Fault.NOT_CHINESE)
    elif signs.has_lost_formulas(title, english):
        faults.append(Fault.FORMULAS_LOST)
    return Triaged(title, tuple(dict.fromkeys([*faults, *signs.faults_as_given(text, english)])))


class _Reading:
    """One reading of the lines: which may be the title, and which are remarks on it."""

    def __init__(self, text: str, english: English) -> None:
        self.english = english
        self.candidates: list[str] = []
        self.chinese: list[str] = []
        self.remarks: list[str] = []
        self.faults: list[Fault] = []
        self.announced = False  # the line before was a preface
        for line in text.split("\n"):
            if (stripped := line.strip()) and not self._take(stripped):
                break

    def title(self) -> str:
        """The first candidate that can be the title, else what a remark offers."""
        if len(self.candidates) > 1 and not self.faults:
            self.faults.append(Fault.SEVERAL_LINES)
        if not self.chinese:
            return self._offered()
        least = _LEAST_SHARE * len(self.english)
        line = next((line for line in self.chinese if len(line) >= least), self.chinese[0])
        plain = _ALTERNATIVE.sub("", notes.without_notes(line, self.english))
        if plain != line:
            self.faults.append(Fault.EXPLAINED)
        plain = prefaces.without_label(_HEADING.sub("", plain))
        return _unwrapped(plain, self.english.strip())

    def _take(self, line: str) -> bool:
        """Sorts one line; false where what follows is no longer about the title."""
        if chat.is_turn(line, self.english):
            self.faults.append(Fault.CHAT)
            self.chinese[-1:] = [
                chat.without_debris(one, self.english) for one in self.chinese[-1:]
            ]
            return False
        if not self.candidates and chat.is_refusal(line, self.english):
            self.faults.append(Fault.CHAT)
            return False
        announces = prefaces.announces_title(line) and not notes.is_heading(line)
        rest = "" if announces else prefaces.without_preface(line)
        if rest != line:
            self._remark(line)
        if rest and self._is_remark(rest):
            self._remark(rest)
        elif rest:
            self.candidates.append(rest)
            self.chinese += [rest] if signs.has_chinese(rest) else []
        self.announced = not rest
        return True

    def _is_remark(self, line: str) -> bool:
        begun = bool(self.remarks or self.candidates)
        if _TWO_OFFERS.match(line) or (begun and _LIST_ITEM.match(line)):
            return True
        if self.announced:
            return False
        if begun and notes.is_note(line, self.english):
            return True
        if self.chinese:
            return bool(_REMARKS.search(line))
        if self.remarks and line.endswith("。"):
            return bool(_REMARKS.search(line))
        in_sentences = "。" in line[:-1] and not self.english.is_on_translation
        return in_sentences and bool(_EXPLAINS_WORDS.search(line))

    def _remark(self, line: str) -> None:
        self.remarks.append(line)
        self.faults.append(Fault.EXPLAINED)
        if prefaces.is_said_to_user(line):
            self.faults.append(Fault.CHAT)

    def _offered(self) -> str:
        """The one translation that the remarks offer between quotes, if it is one."""
        offers = {offer.strip() for line in self.remarks for offer in _OFFERED.findall(line)}
        return offers.pop() if len(offers) == 1 else ""


def _unwrapped(title: str, english: str) -> str:
    title = title.strip()
    if english[:1] in tuple("\"'“‘`") and english[-1:] in tuple("\"'”’"):
        return title
    for opening, closing in _QUOTES:
        inner = title[len(opening) : -len(closing)]
        if not inner or title != f"{opening}{inner}{closing}":
            continue
        if opening not in inner and closing not in inner:
            return inner.strip()
    return title
