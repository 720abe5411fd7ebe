"""Find and remove invented addresses: those in a Chinese text that its English does not have."""

import re
from collections.abc import Iterator

from papers.text.triage.english import English
from papers.text.triage.faults import Fault

_PATH = r"[^\s<>\"'{}|\\^`\[\]()\u3000-\uffef\u4e00-\u9fff]"
_HOSTS = "github|gitlab|huggingface|gitee|bitbucket|kaggle|youtube"
# (Cases are ignored only where there are letters: else Python folds each of ``_PATH``'s characters,
# at every start.)
_ADDRESS = re.compile(
    rf"(?i:https?://){_PATH}{{3,300}}|(?i:www\.){_PATH}{{6,300}}"
    rf"|(?<![\w./@-])(?i:(?:{_HOSTS})\.(?:com?|io)/){_PATH}{{1,300}}"
    rf"|(?<![\w./@-])[\w-]{{1,60}}(?i:\.github\.io){_PATH}{{0,300}}",
    re.ASCII,
)
_SCHEME = re.compile("https?://(?:www\\.)?|www\\.", re.IGNORECASE)
_ENDS_SENTENCE = ".,;:!?)]*、，。；：！？"
_POINTER = "此 https 链接"  # "this https URL"; the site renders it as a link to the paper


def may_have_some(text: str) -> bool:
    """Return whether the text may have addresses. A quick check that excludes most texts."""
    return "://" in text or ".com/" in text or ".io" in text or "www." in text or ".co/" in text


def invented(text: str, english: English) -> Iterator[tuple[int, int]]:
    """Yield start and end of each address that is not in the English."""
    if not may_have_some(text):
        return
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_ENDS_SENTENCE)
        if len(address) >= len(_POINTER) and not _is_there(address, english):
            yield found.start(), found.start() + len(address)


def without_invented(text: str, faults: list[Fault], english: English) -> str:
    """Return the text with each invented address replaced or removed.

    It is replaced by "this https URL" in Chinese if the English has such words, else removed.
    ``faults`` are those of the text, which tell whether there are any.
    """
    if Fault.INVENTED_ADDRESS not in faults and Fault.PLACEHOLDER not in faults:
        return text
    for start, end in reversed(list(invented(text, english))):
        if "this http" in english.folded:
            text = f"{text[:start]}{_POINTER}{text[end:]}"
        else:
            text = _cut(text, start, end)
    return text


def _cut(text: str, start: int, end: int) -> str:
    """Return the text without this part, the brackets around it and the colon before it."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if before[-1:] in tuple("（([") and after[:1] in tuple("）)]"):
        before, after = before[:-1].rstrip(), after[1:]
    return before.rstrip("：:") + after


def _is_there(address: str, english: English) -> bool:
    bare = _SCHEME.sub("", address).rstrip("/").casefold()
    return bare in english.without_space
