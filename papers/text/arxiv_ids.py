"""Parse arXiv ids, as defined in https://info.arxiv.org/help/arxiv_identifier.html"""

import datetime
import re

# The archives that numbered their own papers until March 2007, including those that were merged
# into others since: https://arxiv.org/archive/
OLD_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_MONTH = "(?:0[1-9]|1[0-2])"
# New style (2501.17161) since April 2007, with four digits after the point (0704.0001) until the
# end of 2014; old style (cs/0112017, math.GT/0309136) before. The digits begin with year and month.
_POSSIBLE_ID = (
    rf"(?:(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4]){_MONTH})\.[0-9]{{4}}"
    rf"|(?:1[5-9]|[2-8][0-9]){_MONTH}\.[0-9]{{5}}"
    rf"|(?:{OLD_ARCHIVES})(?:\.[A-Z]{{2}})?"
    rf"/(?:(?:9[1-9]|0[0-6]){_MONTH}|070[1-3])[0-9]{{3}})"
)
# The general form of an id. Addresses accept it, as older versions of the site imported such ids.
ARXIV_ID = (
    r"(?:(?:0[7-9]|1[0-4])[0-9]{2}\.[0-9]{4}|(?:1[5-9]|[2-9][0-9])[0-9]{2}\.[0-9]{5}"
    r"|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?/[0-9]{7})"
)
_VERSION = r"(?:v[1-9][0-9]{0,3})?"

# The address must be the target of a markdown link or stand alone. In
# [https://arxiv.org/abs/…](javascript:…) it is neither, and does not count.
_LINK = re.compile(
    r"(?:^|\]\(|[\s<])(?i:https?://(?:www\.|export\.)?arxiv\.org)/(?:abs|pdf|html)/"
    rf"({_POSSIBLE_ID}){_VERSION}(?:\.pdf)?/?(?!\w|[./]\w)"
)
_BARE = re.compile(rf"(?:(?i:arxiv)\s*:\s*)?({_POSSIBLE_ID}){_VERSION}")

# What a reader types: the id alone, behind "arXiv" in its spellings, as a DOI, or within an address
# of any site, with or without its scheme. The lengths keep the pattern from running away.
_DOI = r"(?:(?i:doi)\s?:?\s?)?10\.48550/"
_ARXIV = r"(?i:(?:arxiv\s{0,3}(?:preprint\s{1,3})?){1,2}[:.]?\s{0,3})"
_ADDRESS = (
    r"(?i:https?://)?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/(?:[^\s\"<>]{0,200}?[/:=.])?"
)
_TYPED = re.compile(
    rf"(?<![\w./-])(?<![A-Za-z]:)(?:{_ADDRESS}|(?:{_DOI})?(?:{_ARXIV})?)"
    rf"({_POSSIBLE_ID}){_VERSION}(?:\.pdf)?(?:[/?#&][^\s\"<>]{{0,200}})?"
    r"(?![A-Za-z0-9_/-]|\.[A-Za-z0-9])(?:\s?\[[a-z-]{2,10}(?:\.[A-Za-z-]{2,10})?\])?",
    re.ASCII,
)


def linked_arxiv_id(text: str) -> str:
    """Return the id, without version, of the first arXiv link in the text, or an empty string."""
    match = _LINK.search(text)
    return match[1] if match else ""


def named_arxiv_id(text: str) -> str:
    """Return the id, without version, of ``arXiv:2501.17161v2``, ``2501.17161`` or a link.

    Return an empty string for anything else.
    """
    match = _BARE.fullmatch(text.strip())
    return match[1] if match else linked_arxiv_id(text)


def typed_arxiv_ids(text: str) -> tuple[tuple[str, ...], str]:
    """Return the ids in a text that a reader typed, each once, and the text without them.

    Understands ``arXiv: 2501.17161v2 [cs.CL]``, DOIs, and addresses of any site that names papers
    by their arXiv id. The text must have half-width characters.
    """
    ids = dict.fromkeys(match[1] for match in _TYPED.finditer(text))
    return tuple(ids), _TYPED.sub(" ", text)


def without_version(arxiv_id: str) -> str:
    """Return the id without version: ``2501.17161v2`` → ``2501.17161``."""
    return re.sub(r"v[0-9]+$", "", arxiv_id)


def month_of(arxiv_id: str) -> datetime.date:
    """Return the first day of the month of the id: ``2501.17161`` → 2025-01-01."""
    digits = arxiv_id.rpartition("/")[2]
    year, month = int(digits[:2]), int(digits[2:4])
    return datetime.date((1900 if year > 90 else 2000) + year, month, 1)
