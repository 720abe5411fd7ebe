"""Checks: nothing that a model answers is believed. Each finds one kind of wrong text, by name."""

import re
from collections.abc import Callable, Iterator, Sequence

from papers.search.analyzer import simplified
from papers.text.sentence_pairs import aligned
from papers.text.triage import Fault, triage_abstract, triage_title
from papers.translation.answers import Texts
from papers.translation.known_terms import KnownTerms
from papers.translation.prompt import ABSTRACT, TITLE, Asked
from papers.translation.reasons import Reason

# Bounds are from 3,000 abstracts and titles that publishers translated well: 0.21 to 0.47 and 0.17
# to 0.89 characters for one of the English in 998 of 1,000.
_LEAST_ABSTRACT, _MOST_ABSTRACT, _ENGLISH_TO_MEASURE_BY = 0.2, 0.65, 200
_LEAST_TITLE, _MOST_TITLE, _TITLE_TO_MEASURE_BY = 0.15, 1.2, 40
_MOST_OF_SHORT = 1.5, 20  # times the English, and some more
_LEAST_HAN = 0.4  # of the letters of an abstract; the lowest sound one has 0.51
_MOST_TRADITIONAL = {TITLE: 0, ABSTRACT: 1}  # characters; a traditional abstract has at least 15
_REPEATED = 10  # characters of a sentence that an abstract may not repeat
_STRANGE_NAMES = 2  # Latin names, more than half of which the English does not have
_WORDS_OF_ANOTHER = 2  # of another paper's title that stand in a title

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTERS = re.compile("[A-Za-z]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+-]{2,}")
_SENTENCE = re.compile("[。！？；\n]+")
_ADDRESS = re.compile(
    r"https?:|www\.|\b[\w-]{1,60}\.(?:com|org|io|net|ai|edu|cn|dev)\b(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_THRICE = re.compile(r"([^\n]{2,40}?)\1\1")
_NOTE = re.compile(r"^[*（(]{0,3}(?:译者?注|注|注释|说明)[：:]", re.MULTILINE)
_NOTE_IN_ENGLISH = re.compile(r"\bNotes?\b")
_OPEN_END = re.compile(r"[\u4e00-\u9fff，、：；,;:（(]\Z")


def faults_of(
    paper: Asked, given: Texts, known: KnownTerms, others: Sequence[Asked] = ()
) -> list[str]:
    """Return what is wrong with the texts for a paper, such as ``abstract: strayed``.

    Only fields that are wanted are judged. ``others`` are the papers of the same request.
    """
    return [
        f"{field}: {reason}"
        for field in (TITLE, ABSTRACT)
        if field in paper.wanted
        for reason in _faults(paper, field, given[field], known, others)
    ]


def restored(paper: Asked, given: Texts) -> Texts:
    """Return the wanted texts with formulas, addresses and code in the place of their marks."""
    return {field: paper.marked[field].restore(given[field]) for field in sorted(paper.wanted)}


def _faults(
    paper: Asked, field: str, given: str, known: KnownTerms, others: Sequence[Asked]
) -> list[str]:
    if not given:
        return [Fault.MISSING]
    reasons: list[str] = [
        reason for reason, finds in _OF_GIVEN.items() if finds(paper, field, given)
    ]
    text = paper.marked[field].restore(given)
    if _has_strayed(paper, field, text, known, others):
        reasons.append(Fault.STRAYED)
    elif field == ABSTRACT and not reasons and _leaves_out(paper.abstract, text):
        reasons.append(Fault.INCOMPLETE)
    reasons += _triaged(paper, field, text)
    return list(dict.fromkeys(map(str, reasons)))


def _triaged(paper: Asked, field: str, text: str) -> Iterator[str]:
    """Yield the faults of the triage; it must leave something to show, too."""
    if field == TITLE:
        triaged = triage_title(text, paper.title, paper.abstract)
    else:
        triaged = triage_abstract(text, paper.abstract)
    yield from triaged.faults
    if not triaged.text and not triaged.faults:
        yield Fault.NOT_CHINESE


# --- Checks of a text as it was given, with its marks


def _breaks_marks(paper: Asked, field: str, given: str) -> bool:
    return not paper.marked[field].is_whole(given)


def _invents_address(paper: Asked, field: str, given: str) -> bool:
    """Return whether it has an address: those of the English are marks."""
    allowed = set(_ADDRESS.findall(paper.marked[field].text))
    return any(found not in allowed for found in _ADDRESS.findall(given))


def _is_several_lines(paper: Asked, field: str, given: str) -> bool:
    return field == TITLE and "\n" in given


def _is_english(paper: Asked, field: str, given: str) -> bool:
    han, latin = len(_HAN.findall(given)), len(_LETTERS.findall(given))
    return not han or (field == ABSTRACT and han < _LEAST_HAN * (han + latin))


def _is_traditional(paper: Asked, field: str, given: str) -> bool:
    changed = sum(one != other for one, other in zip(given, simplified(given), strict=False))
    return changed > _MOST_TRADITIONAL[field]


def _is_too_short(paper: Asked, field: str, given: str) -> bool:
    english = len(paper.marked[field].text)
    if field == TITLE:
        return english >= _TITLE_TO_MEASURE_BY and len(given) < _LEAST_TITLE * english
    return english >= _ENGLISH_TO_MEASURE_BY and len(given) < _LEAST_ABSTRACT * english


def _is_too_long(paper: Asked, field: str, given: str) -> bool:
    english = len(paper.marked[field].text)
    if field == TITLE and english >= _TITLE_TO_MEASURE_BY:
        return len(given) > _MOST_TITLE * english
    if field == ABSTRACT and english >= _ENGLISH_TO_MEASURE_BY:
        return len(given) > _MOST_ABSTRACT * english
    times, more = _MOST_OF_SHORT
    return len(given) > times * english + more


def _repeats_itself(paper: Asked, field: str, given: str) -> bool:
    """Return whether it has a piece three times one behind the other, or a sentence twice."""
    if any(_HAN.search(piece) for piece in _THRICE.findall(given)):
        return True
    sentences = [one.strip() for one in _SENTENCE.split(given)]
    long = [one for one in sentences if len(one) >= _REPEATED]
    return len(set(long)) < len(long)


def _is_unfinished(paper: Asked, field: str, given: str) -> bool:
    """Return whether an abstract ends within a sentence, and its English does not."""
    english = paper.marked[field].text.rstrip()
    return field == ABSTRACT and english.endswith((".", "!", "?")) and bool(_OPEN_END.search(given))


def _notes(paper: Asked, field: str, given: str) -> bool:
    """Return whether a line is a note and the English has none. The triage passes notes of papers
    on translation, as they may be the papers' own."""
    return bool(_NOTE.search(given)) and not _NOTE_IN_ENGLISH.search(paper.marked[field].text)


_OF_GIVEN: dict[str, Callable[[Asked, str, str], bool]] = {
    Reason.MARKS: _breaks_marks,
    Fault.INVENTED_ADDRESS: _invents_address,
    Fault.SEVERAL_LINES: _is_several_lines,
    Fault.NOT_CHINESE: _is_english,
    Reason.TRADITIONAL: _is_traditional,
    Fault.TOO_SHORT: _is_too_short,
    Reason.TOO_LONG: _is_too_long,
    Reason.REPETITION: _repeats_itself,
    Reason.UNFINISHED: _is_unfinished,
    Fault.EXPLAINED: _notes,
}


# --- A sentence that is left out


def _leaves_out(english: str, chinese: str) -> bool:
    """Return whether an English sentence has no Chinese beside it.

    It finds 958 of 1,000 abstracts from which a sentence was taken, and 35 of 1,000 that count as
    sound: most of these do leave one out. The triage, which must not raise false alarms, finds 412.
    """
    return any(bead.counts == (1, 0) for bead in aligned(english, chinese).beads)


# --- The Chinese of another paper


def _has_strayed(
    paper: Asked, field: str, text: str, known: KnownTerms, others: Sequence[Asked]
) -> bool:
    if field == TITLE:
        return _title_has_strayed(paper, text, known, others)
    strange = set(_strange_names(paper, text))
    is_doubtful = len(strange) >= _STRANGE_NAMES and 2 * len(strange) > len(_names(text))
    return known.has_strayed(paper.abstract, text, is_doubtful)


def _title_has_strayed(paper: Asked, text: str, known: KnownTerms, others: Sequence[Asked]) -> bool:
    """Return whether a title lacks the names and terms of its paper, or fits another paper of the
    request better."""
    strange = set(_strange_names(paper, text))
    elsewhere = [one for one in others if one.pk != paper.pk]
    if any(strange & _names(one.title) for one in elsewhere):
        return True
    if _names(paper.title) & _names(text):
        return False
    if known.title_has_strayed(paper.title, text):
        return True
    if known.found(paper.title, text).translated:
        return False
    found = [known.found(one.title, text) for one in elsewhere]
    return any(one.translated >= _WORDS_OF_ANOTHER and one.share > 0.5 for one in found)


def _strange_names(paper: Asked, text: str) -> Iterator[str]:
    """Yield the Latin names of a text that the paper does not have."""
    english = f"{paper.title}\n{paper.abstract}".casefold()
    return (name for name in _names(text) if name not in english)


def _names(text: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(text)}
