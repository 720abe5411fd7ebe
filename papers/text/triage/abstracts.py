"""Triage a Chinese abstract: its own paragraphs, without the model's words around them."""

import re

from papers.text.triage import addresses, chat, garbled, leftovers, notes, prefaces, signs
from papers.text.triage.english import English
from papers.text.triage.faults import Fault, Triaged
from papers.text.triage.omissions import leaves_sentences_out

_MAX_LAYERS = 8

# Chinese has about 0.3 characters per English character. A share below 0.2 is rare and may still be
# complete (if the English abstract repeats everything in Spanish), except in one or two sentences.
_ENGLISH_TO_MEASURE_BY = 200
_SHORT, _PERHAPS_SHORT, _FEW_SENTENCES = 0.12, 0.2, 2
_LEAST_SHOWN = 20
_ENDINGS = tuple('。！？.!?）)”"')
_SENTENCE_END = re.compile("[。！？.!?](?![0-9A-Za-z])")


def triage_abstract(text: str, english: str) -> Triaged:
    """Return a Chinese abstract, one paragraph per line, and the faults of the text as given."""
    if not text.strip():
        return Triaged("", (Fault.MISSING,))
    given = English(english)
    as_given = list(signs.faults_as_given(text, given))
    abstract, faults = _cleaned(addresses.without_invented(text, as_given, given), given)
    if abstract and (len(abstract) < _LEAST_SHOWN or _is_too_short(abstract, english)):
        faults.append(Fault.TOO_SHORT)
    if not signs.has_chinese(abstract) or signs.hardly_chinese(abstract):
        abstract = ""
        faults.append(Fault.NOT_CHINESE)
    elif Fault.TOO_SHORT not in faults and signs.has_lost_formulas(abstract, english):
        faults.append(Fault.FORMULAS_LOST)
    words = leftovers.plain_words(abstract)
    if garbled.is_garbled_abstract(abstract, words, given):
        faults.append(Fault.GARBLED)
    if words and leftovers.is_half_translated(abstract, words, given, is_title=False):
        faults.append(Fault.HALF_TRANSLATED)
    if {Fault.TOO_SHORT, Fault.NOT_CHINESE, Fault.GARBLED}.isdisjoint(faults):
        faults += [Fault.INCOMPLETE] if leaves_sentences_out(abstract, english) else []
    if len(abstract) < _LEAST_SHOWN or _is_past_reading(abstract, faults, given):
        abstract = ""
    return Triaged(abstract, tuple(dict.fromkeys([*faults, *as_given])))


def _cleaned(text: str, english: English) -> tuple[str, list[Fault]]:
    """Return the last complete turn of the chat, cleaned, or empty if none is complete."""
    turns = chat.turns(text, english)
    if len(turns) == 1:
        abstract, faults = _without_layers(text, english)
        if len(chat.turns(abstract, english)) == 1:
            return abstract, faults
        # What was taken away had stood before the name of a speaker, and hidden it.
        abstract, more = _cleaned(abstract, english)
        return abstract, [*faults, *more]
    whole, faults = "", list[Fault]()
    for turn in turns:
        abstract, found = _without_layers(chat.without_debris(turn.strip(), english), english)
        if _ends(abstract) and _is_whole([abstract], english):
            whole, faults = abstract, found
    return whole, [Fault.CHAT, *faults]


def _without_layers(text: str, english: English) -> tuple[str, list[Fault]]:
    abstract, faults = text, list[Fault]()
    for _ in range(_MAX_LAYERS):  # read the cleaned text again: one layer may hide another
        paragraphs, found = _read(abstract, english)
        before, abstract = abstract, "\n".join(paragraphs)
        faults += found
        if abstract == before:
            break
    return abstract, faults


def _read(text: str, english: English) -> tuple[list[str], list[Fault]]:
    """Return the paragraphs of the translation, and the faults of the text around them."""
    own: list[str] = []
    faults: list[Fault] = []
    lines = _lines(text)
    for number, line in enumerate(lines):
        if not own and chat.is_refusal(line, english):
            faults.append(Fault.CHAT)
            break
        if not own and prefaces.is_label(line):
            continue
        if own and notes.is_note(line, english):
            faults.append(Fault.EXPLAINED)
            if any(map(notes.is_said_to_user, lines[number:])):
                faults.append(Fault.CHAT)
            break
        rest = _without_preface(line, english, begun=bool(own))
        if rest != line:
            faults.append(Fault.EXPLAINED)
            if prefaces.is_said_to_user(line):
                faults.append(Fault.CHAT)
            if _is_whole(own, english):
                break  # the translation is repeated
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
    """Return whether the paragraphs before a preface are a complete translation already."""
    abstract = "\n".join(own)
    if not signs.has_chinese(abstract) or signs.hardly_chinese(abstract):
        return False
    return not _is_too_short(abstract, english)


def _is_past_reading(abstract: str, faults: list[Fault], english: English) -> bool:
    return Fault.GARBLED in faults and garbled.is_past_reading_abstract(abstract, english)


def _ends(abstract: str) -> bool:
    """Return whether the abstract ends with the end of a sentence, not cut off within one."""
    return abstract.endswith(_ENDINGS)


def _is_too_short(abstract: str, english: str) -> bool:
    if len(english) < _ENGLISH_TO_MEASURE_BY:
        return False
    share = len(abstract) / len(english)
    if share < _SHORT:
        return True
    return share < _PERHAPS_SHORT and len(_SENTENCE_END.findall(abstract)) <= _FEW_SENTENCES
