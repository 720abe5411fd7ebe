"""Find abbreviations that a text defines: ``retrieval-augmented generation (RAG)``.

The algorithm is that of Schwartz and Hearst (A Simple Algorithm for Identifying Abbreviation
Definitions in Biomedical Text, Pacific Symposium on Biocomputing 2003,
https://psb.stanford.edu/psb-online/proceedings/psb03/schwartz.pdf): the characters of the short
form occur in order in the words before the parenthesis, the first one at the start of a word.
"""

import re
from collections.abc import Iterator

LONGEST_SHORT = 8  # characters
LONGEST_LONG = 100  # characters
_PARENTHESIS = re.compile(r"(?<=[ \n])\((\w[\w-]{1,9})\)")
_ENDS = re.compile(r"[^\w '/\n-]")  # what no long form reaches over


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short form, without the s of a plural, with its long form as written."""
    for found in _PARENTHESIS.finditer(text):
        short = _singular(found[1])
        before = text[max(found.start() - LONGEST_LONG, 0) : found.start()].rstrip()
        before = _ENDS.split(before)[-1]
        if _is_short_form(short) and (long := _long_form(short, before)):
            yield short, long


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _is_short_form(short: str) -> bool:
    return 2 <= len(short) <= LONGEST_SHORT and sum(map(str.isupper, short)) >= 2


def _long_form(short: str, before: str) -> str:
    """Return the shortest end of ``before`` with the characters of ``short``, or nothing."""
    words = min(len(short) + 5, 2 * len(short))
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        char = short[place].lower()
        if not char.isalnum():
            continue
        at -= 1
        while at >= 0 and (
            before[at].lower() != char or (place == 0 and at > 0 and before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
    long = before[at:]
    number = len(re.findall(r"[\w']+", long))
    return long if 2 <= number <= words and len(long) > len(short) else ""
