r"""Split English and Chinese texts into sentences.

One function serves both languages, because Chinese abstracts contain much English. A sentence ends
after ``。！？``. It ends after ``.!?`` if white space or a Han character follows, then no
lower-case letter, and if the word before is not an abbreviation. A colon or semicolon ends no
sentence, nor does a line that ends with one. Formulas, code, brackets and curly quotation marks are
not split.

arXiv treats "this.In" as an address and replaces it with "this http URL". These words contain the
end of a sentence if text follows them and the word before does not announce a link.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from papers.text.markup.formulas import find_formulas

Span = tuple[int, int]
"""Start and end in characters: ``text[start:end]``."""

LONGEST_WHOLE = 400
"""Characters within which a bracket must close to be kept whole. Real ones have less than 300."""

_LINK_OF_ARXIV = "this http URL"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_CLOSERS = r"""(?:["'”’)）\]］】」』》}]|\*{1,2}(?=\s|\Z)){0,20}+"""

# (The bounds and the possessive ``+`` keep the search linear in the length of repetitions.)
_END = re.compile(
    rf"""
      (?P<full>[。！？｡][。！？｡.!?]{{0,20}}+) {_CLOSERS} \s{{0,100}}+ (?! [，、；：。！？])
    | (?P<stop>[.!?]{{1,20}}+) {_CLOSERS} (?: \s{{1,100}}+ | \Z | (?=[{_HAN}]) )
    | (?P<line>\n) \s{{0,100}}+ (?! [a-z]{{2}})
    | (?P<link>this\ http\ URL)\ (?=[a-z][^.!?]{{20}})
    """,
    re.VERBOSE,
)
_MAY_END = re.compile("[。！？｡.!?\n]")
_MAY_END_OR_LINK = re.compile(f"{_MAY_END.pattern}|{_LINK_OF_ARXIV}")
_NEVER_LAST = re.compile(
    r"vs|e\.?g|i\.?e|cf|figs?|eqs?|eqn|approx|resp|viz|vol|pp|w\.?r\.?t|a\.?k\.?a|incl"
)
"""Abbreviations that never end a sentence. The first letter may be a capital."""
_RARELY_LAST = re.compile(
    r"[a-z]|al|u\.S|u\.K|e\.U|u\.N|d\.C|[ap]\.m|i\.i\.d|ph\.D|inc|ltd|corp|co|jr|sr|dr|mrs?|ms|prof"
    r"|st|nos?|sect?|tab|refs?|thm|def|alg|ch|ca"
)
"""Abbreviations and initials that end a sentence only if a word of ``_FIRST`` follows."""
_FIRST = re.compile(
    r"A|Additionally|All|An|Although|As|At|Both|But|By|Code|Compared|Current|Despite|Each|Existing"
    r"|Experimental|Experiments|Extensive|Finally|For|Further|Furthermore|Given|Hence|Here|How"
    r"|However|If|In|Instead|Its?|Many|More|Moreover|Most|Nevertheless|Notably|On|One|Our|Overall"
    r"|Previous|Prior|Recent|Results|Second|Since|Some|Specifically|Such|That|The|Their|Then|There"
    r"|Therefore|These|They|This|Those|Though|Through|Thus|To|Towards?|Under|Unlike|Using|We|What"
    r"|When|Where|Which|While|With|Yet"
)
"""Words that begin sentences but not names."""

_LAST_WORD = re.compile(r"(?<![\w$\\-])(?:[A-Za-z]\.)*[A-Za-z]+\Z")
_NUMBER_OF_ITEM = re.compile(r"(?:\A|[\n:;。：；，、]\s{0,3}|[.!?]\s{1,3})[(（]?\d{1,2}[)）]?\Z")
_ITEM = re.compile(r"[(（]?(?:[ivx]{1,4}|[a-z])[)）]")
_FIRST_WORD = re.compile(r"[\"'“‘`(\[（「『《*]*(\w*)(.?)")
_BEFORE_A_LINK = re.compile(
    r"(?:[^\w%)\]}$]|\b(?:at|by|code|following|found|from|here|in|is|link|of|on|or|our|page|see"
    r"|through|to|under|via|visit|website|with|and))\s\Z"
)
_KEEPS_OPEN = tuple(",;:，；：、")

_CODE = re.compile(r"(?<!`)`[^`\n]{1,200}`(?!`)")
_OPENING = dict(zip("(（[［【“「『《{", "(([[【“「『《{", strict=True))
_CLOSING = dict(zip(")）]］】”」』》}", "(([[【“「『《{", strict=True))
_BRACKET = re.compile(f"[\n{re.escape(''.join([*_OPENING, *_CLOSING]))}]")


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences, in order.

    The spans are adjacent and cover the whole text; the white space after a sentence belongs to it.
    The time is linear in the length of the text.
    """
    ends = [end for end in _ends(text) if end < len(text)]
    return [*pairwise([0, *ends, len(text)])] if text else []


def _ends(text: str) -> Iterator[int]:
    whole = _kept_whole(text)
    position = reach = last = 0
    for end in _possible_ends(text):
        while position < len(whole) and whole[position][0] < end.start():
            reach = max(reach, whole[position][1])
            position += 1
        is_free = reach <= end.start() or _closes_with(end, reach)
        if is_free and _is_end(text, end, last):
            last = end.end()
            yield last


def _possible_ends(text: str) -> Iterator[re.Match[str]]:
    """Like ``_END.finditer``, but try only where a sign stands that may end a sentence."""
    may_end = _MAY_END_OR_LINK if _LINK_OF_ARXIV in text else _MAY_END
    place = may_end.search(text)
    while place:
        if end := _END.match(text, place.start()):
            yield end
        place = may_end.search(text, end.end() if end else place.start() + 1)


def _closes_with(end: re.Match[str], reach: int) -> bool:
    """Return whether the bracket around this position closes right after it and ends the sentence.

    In Chinese, which has no capital letters to show it, the sentence around the bracket usually
    continues.
    """
    return reach <= end.end() and (bool(end["stop"]) or bool(end["full"]) and "\n" in end[0])


def _is_end(text: str, end: re.Match[str], last: int) -> bool:
    """Return whether a sentence ends here. ``last`` is the end of the sentence before."""
    before = text[max(last, end.start() - 12) : end.start()]
    if end["full"]:
        return True
    if end["line"]:
        return not before.rstrip().endswith(_KEEPS_OPEN)
    if end["link"]:
        return not _BEFORE_A_LINK.search(before)
    after = text[end.end() : end.end() + 40]
    if end["stop"] == "." and _is_short(before, after):
        return False
    return "\n" in end[0] or _begins(after)


def _begins(after: str) -> bool:
    """Return whether a sentence may begin like this.

    ``mT5 …`` and ``ii) …`` may begin one; other lower-case letters and punctuation may not.
    """
    if _ITEM.match(after) or after.startswith(("\\", "$")):
        return True
    word, behind = _first_word(after)
    if not word:
        return behind in ("\\", "$", "{")
    return not word[0].islower() or (word[:3].isalnum() and not word[:3].islower())


def _is_short(before: str, after: str) -> bool:
    """Return whether a full stop belongs to an abbreviation or to the number of a list item."""
    if _NUMBER_OF_ITEM.search(before):
        return True
    if not (word := _LAST_WORD.search(before)):
        return False
    short = word[0][0].lower() + word[0][1:]
    if _RARELY_LAST.fullmatch(short):
        return not _FIRST.fullmatch(_first_word(after)[0])
    return bool(_NEVER_LAST.fullmatch(short))


def _first_word(after: str) -> tuple[str, str]:
    """Return the first word after any brackets and quotation marks, and the character after it."""
    found = _FIRST_WORD.match(after)
    return (found[1], found[2]) if found else ("", "")


def _kept_whole(text: str) -> list[Span]:
    """Return the spans of formulas, code and pairs of brackets, ordered by their start."""
    whole = _brackets(text)
    if "$" in text or "\\" in text:
        whole += [(found.start, found.end) for found in find_formulas(text)]
    if "`" in text:
        whole += [code.span() for code in _CODE.finditer(text)]
    return sorted(whole)


def _brackets(text: str) -> list[Span]:
    """Return the spans of pairs of brackets and curly quotation marks within a line.

    Each kind is paired separately, so that the time is linear for every input.
    """
    found: list[Span] = []
    still_open: dict[str, list[int]] = {}
    for bracket in _BRACKET.finditer(text):
        sign = bracket[0]
        if sign == "\n":
            still_open.clear()
        elif sign in _OPENING:
            still_open.setdefault(_OPENING[sign], []).append(bracket.start())
        elif begun := still_open.get(_CLOSING[sign]):
            found.append((begun.pop(), bracket.end()))
    return [(start, end) for start, end in found if end - start <= LONGEST_WHOLE]
