"""Signs that a language model lost its way: it says a piece again and again, or breaks words."""

import re
import unicodedata
from collections.abc import Iterable

from papers.text.triage.english import English
from papers.text.triage.leftovers import plain_words, without_asides
from papers.text.triage.words import SAID_IN_ENGLISH

_THRICE = re.compile(r"(..)\1\1")
_LONG_THRICE = re.compile(r"(.{2,12}?)\1\1")
_MEANT = re.compile(r"[\W\d_]*|([a-zA-Z0-9])\1*")  # a line of dots, 8 8 8, xxxxxx
_TIMES_AS_LONG, _SOME = 1.5, 40  # a text is at most so many times as long as its English, and some
_MAX_REPEATS = 2  # in an abstract that can be read

_HAN = r"[\u4e00-\u9fff]"
_LETTERS = r"[a-z\u00df-\u00f6\u00f8-\u024f]"
_BROKEN = re.compile(rf"(?<={_HAN}){_LETTERS}{{3,40}}(?![A-Za-z0-9_/.-])")
_BROKEN_END = re.compile(rf"(?<={_HAN})\s?({_LETTERS}{{3,40}})[。.]?\Z")
_COMMAND = re.compile(r"\\[A-Za-z]{3,}")  # 软\Response关键词 for Softplus
_STEM = 4  # letters that two forms of a word share
_ENOUGH_IN_ABSTRACT = 8


def is_garbled_title(title: str, words: list[str], english: English, abstract: str) -> bool:
    """Whether it repeats itself, is far too long, has a broken word or a command that nobody gave;
    ``words`` are its plain Latin ones, ``abstract`` is the English one."""
    if is_past_reading_title(title, english):
        return True
    if any(one not in english and one not in abstract for one in _COMMAND.findall(title)):
        return True
    if all(word in english.words for word in words):
        return False
    if any(_is_broken(word, english, abstract) for word in _BROKEN.findall(title)):
        return True
    end = _BROKEN_END.search(title)
    return end is not None and _ends_broken(end[1], english, abstract)


def is_garbled_abstract(abstract: str, words: list[str], english: English) -> bool:
    """Whether it repeats itself, is far too long or has several broken words."""
    if _is_too_long(abstract, english) or _repeats(_THRICE, abstract, english):
        return True
    if len({word for word in words if word not in english.folded}) < _ENOUGH_IN_ABSTRACT:
        return False
    unknown = set(plain_words(without_asides(abstract))) - english.words
    return sum(_is_broken(word, english) for word in unknown) >= _ENOUGH_IN_ABSTRACT


def without_broken_end(title: str, english: English, abstract: str) -> str:
    """The title without the broken word that ends it: ``灯笼检索gorithm``."""
    found = _BROKEN_END.search(title)
    if found and _ends_broken(found[1], english, abstract):
        return title[: found.start()].rstrip()
    return title


def _ends_broken(word: str, english: English, abstract: str) -> bool:
    """Whether a last word is debris; ``量ization`` has lost its beginning, and needs its end."""
    if any(one.endswith(word) for one in english.words):
        return False
    return _is_broken(word, english, abstract)


def is_past_reading_title(title: str, english: English) -> bool:
    """Whether so much of it is repetition that it is no title."""
    pieces = _LONG_THRICE if len(title) > len(english) else _THRICE
    return _is_too_long(title, english) or bool(_repeats(pieces, title, english))


def is_past_reading_abstract(abstract: str, english: English) -> bool:
    """Whether it repeats itself in several places: a slip of three words can be read over."""
    if _is_too_long(abstract, english):
        return True
    return len(_repeats(_THRICE, abstract, english)) > _MAX_REPEATS


def _is_too_long(text: str, english: str) -> bool:
    return bool(english) and len(text) > _TIMES_AS_LONG * len(english) + _SOME


def _repeats(thrice: re.Pattern[str], text: str, english: English) -> list[str]:
    """The pieces that stand three times one behind the other, where the English does not do so."""
    return [
        piece
        for piece in thrice.findall(text)
        if not _MEANT.fullmatch(piece) and piece.casefold() * 2 not in english.folded
    ]


def _is_broken(word: str, english: English, abstract: str = "") -> bool:
    """Whether it is neither a word of the English nor another form of one."""
    plain = "".join(filter(str.isascii, unicodedata.normalize("NFKD", word)))
    if not plain or plain in SAID_IN_ENGLISH or plain in english.words:
        return False
    if plain in english.folded.replace("-", ""):  # "wise" of "pointwise"; "reuse" for "re-use"
        return any(word.endswith(plain) for word in english.words)
    return not (_has_stem(english.words, plain) or _has_stem(English(abstract).words, plain))


def _has_stem(words: Iterable[str], plain: str) -> bool:
    return any(word.startswith(plain[:_STEM]) for word in words)
