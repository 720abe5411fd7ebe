"""A Chinese abstract: its paragraphs, without what the model said around them."""

import re

from papers.text.triage import chat, notes, prefaces, signs
from papers.text.triage.english import English
from papers.text.triage.faults import Fault, Triaged
from papers.text.triage.omissions import leaves_sentences_out

_MAX_LAYERS = 8

# Chinese has about 0.3 characters for each of the English; 0.2 is rare and may still be whole
# (an English abstract that says everything again in Spanish), unless it is but a sentence or two.
_ENGLISH_TO_MEASURE_BY = 200
_SHORT, _PERHAPS_SHORT, _FEW_SENTENCES = 0.12, 0.2, 2
_SENTENCE_END = re.compile("[。！？.!?](?![0-9A-Za-z])")


def triage_abstract(text: str, english: str) -> Triaged:
    """A Chinese abstract as paragraphs, one on each line, and the faults of the text as given."""
    if not text.strip():
        return Triaged("", (Fault.MISSING,))
    abstract, faults = text, list[Fault]()
    for _ in range(_MAX_LAYERS):  # what was cleaned is read again: one layer may hide another
        paragraphs, found = _read(abstract, English(english))
        before, abstract = abstract, "\n".join(paragraphs)
        faults += found
        if abstract == before:
            break
    if abstract and _is_too_short(abstract, english):
        faults.append(Fault.TOO_SHORT)
    if not signs.has_chinese(abstract) or signs.hardly_chinese(abstract):
        abstract = ""
        faults.append(Fault.NOT_CHINESE)
    elif signs.has_lost_formulas(abstract, english):
        faults.append(Fault.FORMULAS_LOST)
    if {Fault.TOO_SHORT, Fault.NOT_CHINESE}.isdisjoint(faults):
        faults += [Fault.INCOMPLETE] if leaves_sentences_out(abstract, english) else []
    return Triaged(abstract, tuple(dict.fromkeys([*faults, *signs.faults_as_given(text, english)])))


def _read(text: str, english: English) -> tuple[list[str], list[Fault]]:
    """The paragraphs that are the translation's own, and the faults of what was around them."""
    own: list[str] = []
    faults: list[Fault] = []
    for line in _lines(text):
        if chat.is_turn(line, english) or (not own and chat.is_refusal(line, english)):
            faults.append(Fault.CHAT)
            own[-1:] = [chat.without_debris(paragraph, english) for paragraph in own[-1:]]
            break
        if own and notes.is_note(line, english):
            faults.append(Fault.EXPLAINED)
            break
        rest = _without_preface(line, english, begun=bool(own))
        if rest != line:
            faults.append(Fault.EXPLAINED)
            if prefaces.is_said_to_user(line):
                faults.append(Fault.CHAT)
            if _is_whole(own, english):
                break  # the same once more
            own.clear()
        rest = rest if own else prefaces.without_label(rest)
        plain = notes.without_notes(rest, english)
        if plain != rest:
            faults.append(Fault.EXPLAINED)
        if plain := notes.without_requests(plain):
            own.append(plain)
    return own, faults


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.split("\n"))
    return [line for line in stripped if line and line != "---"]


def _without_preface(line: str, english: English, begun: bool) -> str:
    if prefaces.announces_abstract(line, english, begun):
        return ""
    return line if begun else prefaces.without_preface(line)


def _is_whole(own: list[str], english: str) -> bool:
    """Whether what stands before a preface is a translation already, so that another follows."""
    abstract = "\n".join(own)
    if not signs.has_chinese(abstract) or signs.hardly_chinese(abstract):
        return False
    return not _is_too_short(abstract, english)


def _is_too_short(abstract: str, english: str) -> bool:
    if len(english) < _ENGLISH_TO_MEASURE_BY:
        return False
    share = len(abstract) / len(english)
    if share < _SHORT:
        return True
    return share < _PERHAPS_SHORT and len(_SENTENCE_END.findall(abstract)) <= _FEW_SENTENCES
