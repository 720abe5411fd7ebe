"""Detect garbled output of a language model: repeated pieces and broken words."""

import re
import unicodedata
from collections.abc import Iterable

from papers.text.triage.english import English
from papers.text.triage.leftovers import plain_words, without_asides
from papers.text.triage.words import SAID_IN_ENGLISH

_THRICE = re.compile(r"(..)\1\1")
_LONG_THRICE = re.compile(r"(.{2,12}?)\1\1")
_MEANT = re.compile(r"[\W\d_]*|([a-zA-Z0-9])\1*")  # intended: a line of dots, 8 8 8, xxxxxx
_TIMES_AS_LONG, _SOME = 1.5, 40  # the longest text: its English times the first, plus the second
_MAX_REPEATS = 2  # in an abstract that is still readable

_HAN = r"[\u4e00-\u9fff]"
_LETTERS = r"[a-z\u00df-\u00f6\u00f8-\u024f]"
_BROKEN = re.compile(rf"(?<={_HAN}){_LETTERS}{{3,40}}(?![A-Za-z0-9_/.-])")
_BROKEN_END = re.compile(rf"(?<={_HAN})\s?({_LETTERS}{{3,40}})[。.]?\Z")
_STEM = 4  # letters that two forms of one word have in common
_ENOUGH_IN_ABSTRACT = 8


def is_garbled_title(title: str, words: list[str], english: English, abstract: str) -> bool:
    """Return whether the title repeats itself, is far too long or has a broken word.

    ``words`` are its plain Latin words, ``abstract`` is the English abstract.
    """
    if is_past_reading_title(title, english):
        return True
    if all(word in english.words for word in words):
        return False
    if any(_is_broken(word, english, abstract) for word in _BROKEN.findall(title)):
        return True
    end = _BROKEN_END.search(title)
    return end is not None and _ends_broken(end[1], english, abstract)


def is_garbled_abstract(abstract: str, words: list[str], english: English) -> bool:
    """Return whether the abstract repeats itself, is far too long or has several broken words."""
    if _is_too_long(abstract, english) or _repeats(_THRICE, abstract, english):
        return True
    if len({word for word in words if word not in english.folded}) < _ENOUGH_IN_ABSTRACT:
        return False
    unknown = set(plain_words(without_asides(abstract))) - english.words
    return sum(_is_broken(word, english) for word in unknown) >= _ENOUGH_IN_ABSTRACT


def without_broken_end(title: str, english: English, abstract: str) -> str:
    """Return the title without a broken word at its end: ``灯笼检索gorithm``."""
    found = _BROKEN_END.search(title)
    if found and _ends_broken(found[1], english, abstract):
        return title[: found.start()].rstrip()
    return title


def _ends_broken(word: str, english: English, abstract: str) -> bool:
    """Return whether a last word is broken and can go. ``量ization`` needs its ending."""
    if any(one.endswith(word) for one in english.words):
        return False
    return _is_broken(word, english, abstract)


def is_past_reading_title(title: str, english: English) -> bool:
    """Return whether so much of the title is repetition that it is not readable."""
    pieces = _LONG_THRICE if len(title) > len(english) else _THRICE
    return _is_too_long(title, english) or bool(_repeats(pieces, title, english))


def is_past_reading_abstract(abstract: str, english: English) -> bool:
    """Return whether the abstract repeats itself in more places than a reader can ignore."""
    if _is_too_long(abstract, english):
        return True
    return len(_repeats(_THRICE, abstract, english)) > _MAX_REPEATS


def _is_too_long(text: str, english: str) -> bool:
    return bool(english) and len(text) > _TIMES_AS_LONG * len(english) + _SOME


def _repeats(thrice: re.Pattern[str], text: str, english: English) -> list[str]:
    """Return the pieces that occur three times in sequence, unless the English repeats them too."""
    return [
        piece
        for piece in thrice.findall(text)
        if not _MEANT.fullmatch(piece) and piece.casefold() * 2 not in english.folded
    ]


def _is_broken(word: str, english: English, abstract: str = "") -> bool:
    """Return whether the word is neither a word of the English nor a form of one."""
    plain = "".join(filter(str.isascii, unicodedata.normalize("NFKD", word)))
    if not plain or plain in SAID_IN_ENGLISH or plain in english.words:
        return False
    if plain in english.folded.replace("-", ""):  # "wise" of "pointwise"; "reuse" for "re-use"
        return any(word.endswith(plain) for word in english.words)
    return not (_has_stem(english.words, plain) or _has_stem(English(abstract).words, plain))


def _has_stem(words: Iterable[str], plain: str) -> bool:
    return any(word.startswith(plain[:_STEM]) for word in words)
