"""Addresses in a Chinese text that its English does not have: the model made them up."""

import re
from collections.abc import Iterator

from papers.text.triage.english import English
from papers.text.triage.faults import Fault

_PATH = r"[^\s<>\"'{}|\\^`\[\]()\u3000-\uffef\u4e00-\u9fff]"
_HOSTS = "github|gitlab|huggingface|gitee|bitbucket|kaggle|youtube"
_ADDRESS = re.compile(
    rf"https?://{_PATH}{{3,300}}|www\.{_PATH}{{6,300}}"
    rf"|(?<![\w./@-])(?:{_HOSTS})\.(?:com?|io)/{_PATH}{{1,300}}"
    rf"|(?<![\w./@-])[\w-]{{1,60}}\.github\.io{_PATH}{{0,300}}",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile("https?://(?:www\\.)?|www\\.", re.IGNORECASE)
_ENDS_SENTENCE = ".,;:!?)]*、，。；：！？"
_POINTER = "此 https 链接"  # as "this https URL"; the site makes a link to the paper of it


def may_have_some(text: str) -> bool:
    """A cheap first look; most texts have none."""
    return "://" in text or ".com/" in text or ".io" in text or "www." in text or ".co/" in text


def invented(text: str, english: English) -> Iterator[tuple[int, int]]:
    """Start and end of each address that is not in the English."""
    if not may_have_some(text):
        return
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_ENDS_SENTENCE)
        if len(address) >= len(_POINTER) and not _is_there(address, english):
            yield found.start(), found.start() + len(address)


def without_invented(text: str, faults: list[Fault], english: English) -> str:
    """The text with "this https URL" in their place, where the English has that, or without;
    ``faults`` say whether there are any."""
    if Fault.INVENTED_ADDRESS not in faults and Fault.PLACEHOLDER not in faults:
        return text
    for start, end in reversed(list(invented(text, english))):
        if "this http" in english.folded:
            text = f"{text[:start]}{_POINTER}{text[end:]}"
        else:
            text = _cut(text, start, end)
    return text


def _cut(text: str, start: int, end: int) -> str:
    """The text without what stands there, its brackets and the colon before it."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if before[-1:] in tuple("（([") and after[:1] in tuple("）)]"):
        before, after = before[:-1].rstrip(), after[1:]
    return before.rstrip("：:") + after


def _is_there(address: str, english: English) -> bool:
    bare = _SCHEME.sub("", address).rstrip("/").casefold()
    return bare in english.without_space
