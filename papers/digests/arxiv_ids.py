"""arXiv's identifiers: https://info.arxiv.org/help/arxiv_identifier.html"""

import re

# New style (2501.17161) since April 2007, with four digits after the point (0704.0001) to the end
# of 2014; old style (cs/0112017, math.GT/0309136) before.
ARXIV_ID = (
    r"(?:(?:0[7-9]|1[0-4])[0-9]{2}\.[0-9]{4}|(?:1[5-9]|[2-9][0-9])[0-9]{2}\.[0-9]{5}"
    r"|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?/[0-9]{7})"
)
_VERSION = r"(?:v[0-9]+)?"

# The address is the target of a markdown link or stands by itself. In
# [https://arxiv.org/abs/…](javascript:…) it is neither.
_LINK = re.compile(
    r"(?:^|\]\(|[\s<])(?i:https?://(?:www\.|export\.)?arxiv\.org)/(?:abs|pdf|html)/"
    rf"({ARXIV_ID}){_VERSION}(?:\.pdf)?/?(?!\w|[./]\w)"
)
_BARE = re.compile(rf"(?:(?i:arxiv)\s*:\s*)?({ARXIV_ID}){_VERSION}")


def linked_arxiv_id(text: str) -> str:
    """The id, without version, of the first arXiv link in the text; empty where there is none."""
    match = _LINK.search(text)
    return match[1] if match else ""


def named_arxiv_id(text: str) -> str:
    """The id, without version, in ``arXiv:2501.17161v2``, ``2501.17161`` or a link; else empty."""
    match = _BARE.fullmatch(text.strip())
    return match[1] if match else linked_arxiv_id(text)


def without_version(arxiv_id: str) -> str:
    """``2501.17161v2`` → ``2501.17161``."""
    return re.sub(r"v[0-9]+$", "", arxiv_id)
