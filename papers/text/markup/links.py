"""Find links in a line of text.

Links are arXiv's placeholder "this https URL", its translations, and addresses of arXiv. Other
addresses stay text, because their targets are not checked.
"""

import re
from collections.abc import Iterator

from papers.text.markup.nodes import Link, Node

_NOUN = r"(?:URL|url|网址|链接|地址|网站|网页)"
_THIS = r"(?:[Tt]his|此处?的?|这个|这一|这里的|该|本|以下|如下|上述)"
_WORDS = rf"""  # in order: this https URL; 此 [https URL]; [链接]; 可在此链接获取; 该项目链接
    {_THIS}\s{{0,2}}(?:项目的?)?\s{{0,2}}https?\s{{0,2}}(?:{_NOUN}|连结)?(?![:/\w])
  | {_THIS}\s{{0,2}}\[\s{{0,2}}(?:https?\s{{0,2}})?{_NOUN}\s{{0,2}}\]
  | (?<=[\[({{<（“`「]) \s{{0,2}}
    (?:{_THIS}|项目|代码|点击|原文)?\s{{0,2}}(?:https?\s{{0,2}})?{_NOUN}\s{{0,2}}
    (?=\\?[\])}}>）”`」])
  | (?<=[在从于为见至到过问：:]) \s? (?:此处?|这个|该)(?:项目)?(?:链接|网址)(?!预测|数)
  | {_THIS}项目(?:链接|网址|网站|主页)
"""
_ADDRESS = re.compile(r"https?://[^\s<>\"'{}|\\^`\u3000-\uffef\u4e00-\u9fff]+")
_POINTER = re.compile(rf"(?=[Tt此这该本以如上链网地Uuh项代点原\s])(?:{_WORDS})", re.VERBOSE)
_MARKDOWN = re.compile(r"\[(?P<words>[^\[\]()\n]{1,80})\]\((?P<target>[^()\[\]\n]{1,80})\)")
_AT_ARXIV = re.compile(
    r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/\w[\w.-]*(?:/\w[\w.-]*)?", re.A
)
_ENDS_SENTENCE = ".,;:!?)]*"


def may_hold_links(text: str) -> bool:
    """Return whether the text may contain links. A quick check that excludes most texts."""
    return (
        "http" in text
        or "URL" in text
        or "链接" in text
        or "网址" in text
        or "项目网站" in text
        or "项目主页" in text
    )


def address_at(text: str, position: int) -> str:
    """Return the address that starts here, without the punctuation of the sentence; or empty."""
    found = _ADDRESS.match(text, position)
    return found[0].rstrip(_ENDS_SENTENCE) if found else ""


def link_of(address: str) -> Node:
    """Return an address as a link if it leads to arXiv, else as text."""
    if _AT_ARXIV.fullmatch(address):
        return Link((address,), "https://" + address.partition("://")[2])
    return address


def is_pointer(text: str) -> bool:
    """Return whether the text is only a placeholder for a link, such as "this https URL"."""
    return bool(_POINTER.fullmatch(text.strip())) or text.strip() in {"链接", "网址", "URL"}


def with_links(text: str) -> Iterator[Node]:
    """Yield the text as nodes, with a link for each placeholder."""
    if not may_hold_links(text):
        yield text
        return
    position = 0
    for start, end, words in _links(text):
        if start >= position:
            yield text[position:start]
            yield Link((words,))
            position = end
    yield text[position:]


def _links(text: str) -> list[tuple[int, int, str]]:
    r"""Return start, end and words of each link. ``[words](this https URL)`` is one link."""
    markdown = [
        (one.start(), one.end(), one["words"])
        for one in _MARKDOWN.finditer(text)
        if is_pointer(one["target"])
    ]
    pointers = [(one.start(), one.end(), one[0]) for one in _POINTER.finditer(text)]
    return sorted([*markdown, *pointers], key=lambda one: (one[0], -one[1]))
