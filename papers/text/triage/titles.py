"""Triage a Chinese title: its one line, without the model's words around it."""

import re

from papers.text.triage import addresses, chat, garbled, leftovers, notes, prefaces, signs
from papers.text.triage.english import English
from papers.text.triage.faults import Fault, Triaged

_LEAST_SHARE = 0.12  # of the English: a shorter line is an explained word, not the title
_ENGLISH_TO_MEASURE_BY = 40
_WHOLE_SHARE = 0.17  # one good title in a thousand is shorter
_LEAST_SHOWN, _MOST_SHOWN = 3, 200
_CUT_OFF = (*"的与和及对在从向把将：:，,、（([-—", "基于", "用于", "通过")
_LATIN = re.compile("[a-z]{3,}")
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

_OPENINGS = tuple(opening for opening, _ in _QUOTES)

# Words of a first line that is not a title, and words of lines after a title that explain it.
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


def triage_title(text: str, english: str = "", abstract: str = "") -> Triaged:
    """Return a Chinese title as one line, and the faults of the text as given.

    ``abstract`` is the English abstract, whose words may also occur in the Chinese title.
    """
    if not text.strip():
        return Triaged("", (Fault.MISSING,))
    given = English(english)
    as_given = list(signs.faults_as_given(text, given))
    title, faults = _cleaned(addresses.without_invented(text, as_given, given), given)
    if not title and Fault.SEVERAL_LINES not in faults:
        faults.append(Fault.NOT_CHINESE)
    elif signs.has_lost_formulas(title, english):
        faults.append(Fault.FORMULAS_LOST)
    if title and (len(title) < _LEAST_SHOWN or _is_too_short(title, english)):
        faults.append(Fault.TOO_SHORT)
    words = leftovers.plain_words(title)
    if garbled.is_garbled_title(title, words, given, abstract):
        faults.append(Fault.GARBLED)
        title = garbled.without_broken_end(title, given, abstract)
    if words and leftovers.is_half_translated(title, words, given, is_title=True):
        faults.append(Fault.HALF_TRANSLATED)
    if not _is_fit_to_show(title, faults, given):
        title = ""
    return Triaged(title, tuple(dict.fromkeys([*faults, *as_given])))


def _is_fit_to_show(title: str, faults: list[Fault], english: English) -> bool:
    if not _LEAST_SHOWN <= len(title) <= _MOST_SHOWN:
        return False
    return Fault.GARBLED not in faults or not garbled.is_past_reading_title(title, english)


def _cleaned(text: str, english: English) -> tuple[str, list[Fault]]:
    """Return the last complete turn of the chat, cleaned, or empty if none is complete."""
    turns = chat.turns(text, english)
    if len(turns) == 1:
        return _without_layers(text, english)
    first, whole, faults = "", "", list[Fault]()
    for number, turn in enumerate(turns):
        title, found = _without_layers(chat.without_debris(turn.strip(), english), english)
        if number == 0:
            first = title
        if _is_whole(title, english) and (not number or _translates(title, first, english)):
            whole, faults = title, [fault for fault in found if fault != Fault.SEVERAL_LINES]
    return whole, [Fault.CHAT, *faults]


def _without_layers(text: str, english: English) -> tuple[str, list[Fault]]:
    title, faults = text, list[Fault]()
    for _ in range(_MAX_LAYERS):  # read the cleaned text again: one layer may hide another
        reading = _Reading(title, english)
        before, title = title, reading.title()
        faults += reading.faults
        if title == before:
            break
    return title, faults


def _is_whole(title: str, english: English) -> bool:
    """Return whether a turn of the chat has the complete title, not cut off and not broken."""
    if len(title) < max(_LEAST_SHOWN, _WHOLE_SHARE * len(english)) or title.endswith(_CUT_OFF):
        return False
    return not signs.has_foreign_script(title, english)


def _translates(turn: str, first: str, english: English) -> bool:
    """Return whether a later turn is the title again, not a request or other text."""
    if chat.is_said_by_user(turn) or not chat.is_the_same(turn, first):
        return False
    return all(word in english.folded for word in _LATIN.findall(turn.casefold()))


def _is_too_short(title: str, english: str) -> bool:
    return len(english) >= _ENGLISH_TO_MEASURE_BY and len(title) < _LEAST_SHARE * len(english)


class _Reading:
    """One pass over the lines: candidates for the title, and remarks on it."""

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
        """Return the first candidate that can be the title, else a translation in a remark."""
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
        """Classify one line. Return False if the lines after it are not about the title."""
        if not self.candidates and chat.is_refusal(line, self.english):
            self.faults.append(Fault.CHAT)
            return False
        if not self.candidates and prefaces.is_label(line):
            self.announced = True
            return True
        announces = prefaces.announces_title(line) and not notes.is_heading(line)
        rest = "" if announces else prefaces.without_first_try(prefaces.without_preface(line))
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
        if prefaces.is_said_to_user(line) or notes.is_said_to_user(line):
            self.faults.append(Fault.CHAT)

    def _offered(self) -> str:
        """Return the translation that the remarks give in quotes, or empty unless there is one."""
        offers = {offer.strip() for line in self.remarks for offer in _OFFERED.findall(line)}
        if len(offers) == 1:
            return offers.pop()
        if offers or (not self.candidates and any(map(_offers_several, self.remarks))):
            self.faults.append(Fault.SEVERAL_LINES)
        return ""


def _offers_several(remark: str) -> bool:
    return bool(_TWO_OFFERS.search(remark) or _LIST_ITEM.match(remark)) and signs.has_chinese(
        remark
    )


def _unwrapped(title: str, english: str) -> str:
    title = title.strip()
    if not title.startswith(_OPENINGS):
        return title
    if english[:1] in tuple("\"'“‘`") and english[-1:] in tuple("\"'”’"):
        return title
    for opening, closing in _QUOTES:
        inner = title[len(opening) : -len(closing)]
        if not inner or title != f"{opening}{inner}{closing}":
            continue
        if opening not in inner and closing not in inner:
            return inner.strip()
    return title
