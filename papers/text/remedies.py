"""Remedies: repairs of Chinese texts that a curator applies to many papers at once. Pure.

Each is a function from the Chinese text and its English to the mended text. A text that it does not
fit comes back as it is, so applying it again changes nothing.
"""

import re
from collections.abc import Callable, Iterator

from papers.text.sentences import Span, sentences
from papers.text.triage import Fault, faulty_places

LINK = "此 https 链接"
"""What arXiv's "this https URL" is in Chinese; pages make a link to the paper at arXiv of it."""

MAX_DROPPED = 60  # characters of a sentence: longer ones say more than where something is

_POINTER = re.compile(r"\bthis https? URL\b")
# A place that may be open, with its brackets: [此链接], \url{此处插入}, <网址>, （请替换）
_PLACE = re.compile(
    r"\\?\[[^\[\]\n]{1,60}\\?\](?:\([^()\n]{0,60}\))?"
    r"|\\href\{[^{}\n]{0,60}\}\{[^{}\n]{0,60}\}|\\url\{[^{}\n]{0,60}\}"
    r"|【[^【】\n]{1,60}】|<[^<>\n]{1,60}>|〈[^〈〉\n]{1,60}〉|（[^（）\n：:]{1,24}）|\([^()\n:：]{1,24}\)"
    r"|https?://(?:\.{2,}|…)"
)
_WHERE = re.compile("链接|网址|网站|网页|主页|项目页面|地址|https?:|代码|数据集?|模型|演示|视频")
_SENTENCE = re.compile(r"[。！？；]|[.!?](?:\s|$)")
_MARKS_BEFORE = re.compile(r"^(?:[)）\]】*#`_~\s]+)(?=[\u4e00-\u9fffA-Za-z0-9《“\"])")
_MARKS_BEHIND = re.compile(r"(?<=[\u4e00-\u9fffA-Za-z0-9》”\"?？!！。])(?:[*#`_~\s]|\s[(（\[【])+$")


def fill_placeholders(text: str, english: str) -> str:
    """Put the link to arXiv into the open places of a text whose English has "this https URL".

    Only if all open places can be filled, and are not more than the English has.
    """
    places = list(_open_places(text, english))
    if not places or len(places) > len(_POINTER.findall(english)):
        return text
    filled, done = "", 0
    for start, end in places:
        filled += text[done:start] + LINK
        done = end
    filled += text[done:]
    return filled if not _unfilled(filled, english) else text


def drop_placeholder_sentences(text: str, english: str) -> str:
    """Drop the short sentences that only say where something is, and leave the place open."""
    places = _unfilled(text, english)
    dropped = [
        (start, end)
        for start, end in sentences(text)
        if any(start <= place < end for place, _ in places)
        and end - start <= MAX_DROPPED
        and _WHERE.search(text, start, end)
    ]
    left = _without(text, dropped).rstrip()
    return left if left and dropped and not _unfilled(left, english) else text


def strip_marks(text: str, english: str) -> str:
    """Strip marks that the model left around a text: ``)* 语言校准*`` is ``语言校准``."""
    if english[:1] in "*#_~`)(" or english[-1:] in "*#_~`":
        return text
    return _MARKS_BEHIND.sub("", _MARKS_BEFORE.sub("", text))


def stands_for_a_title(text: str) -> bool:
    """Return whether an abstract is one line without a full sentence, such as a title is."""
    return "\n" not in text and not _SENTENCE.search(text)


REMEDIES: dict[str, Callable[[str, str], str]] = {
    "fill": fill_placeholders,
    "drop": drop_placeholder_sentences,
    "marks": strip_marks,
}


def _unfilled(text: str, english: str) -> list[Span]:
    """Return where placeholders are not filled."""
    found = faulty_places(text, english)
    return [(start, end) for start, end, fault in found if fault == Fault.PLACEHOLDER]


def _open_places(text: str, english: str) -> Iterator[Span]:
    """Yield the open places with their brackets; nothing if one of them has no brackets."""
    faulty = _unfilled(text, english)
    places = [
        found.span()
        for found in _PLACE.finditer(text)
        if any(start < found.end() and found.start() < end for start, end in faulty)
    ]
    if all(any(a <= start < b for a, b in places) for start, _ in faulty):
        yield from places


def _without(text: str, spans: list[Span]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text
