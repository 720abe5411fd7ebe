"""Which addresses and branches may be fetched: https, files of this machine, and nothing else.

git takes more for an address: ``ext::`` runs a command, a leading hyphen is an option.
"""

import re
from urllib.parse import SplitResult, urlsplit

SCHEMES = frozenset({"https", "file"})
_BRANCH = re.compile(r"\w[\w./+-]*")
_NOT_IN_BRANCHES = re.compile(r"\.\.|//|/\.|\.lock(/|$)|[./]$")
_NOT_IN_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\\]")


class AddressRefused(ValueError):
    """The address or branch may not be fetched; the message says what is accepted."""


def check_address(address: str) -> str:
    """Return the address. Raise AddressRefused."""
    parts = _split(address)
    if _NOT_IN_ADDRESSES.search(address) or parts.scheme not in SCHEMES:
        raise AddressRefused(
            "Give an address without spaces that begins with https://, or file:// on this machine."
        )
    if "@" in parts.netloc:
        raise AddressRefused("Give an address without user and password: it is kept and shown.")
    if parts.query or parts.fragment:
        raise AddressRefused("Give an address without ? and #.")
    if parts.scheme == "https" and not _has_host(parts):
        raise AddressRefused("Give the host, as in https://example.org/digests.git.")
    if parts.scheme == "file" and not re.match("file:///[^/]", address):
        raise AddressRefused("Give a whole path, as in file:///srv/digests.git.")
    return address


def check_branch(branch: str) -> str:
    """Return the branch; empty stands for the repository's own. Raise AddressRefused."""
    if branch and (not _BRANCH.fullmatch(branch) or _NOT_IN_BRANCHES.search(branch)):
        raise AddressRefused("Give the name of a branch, such as main.")
    return branch


def is_local(address: str) -> bool:
    """Return whether the address is a file of this machine."""
    return _split(address).scheme == "file"


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _has_host(parts: SplitResult) -> bool:
    try:
        host = parts.hostname or "-"
        return not host.startswith("-") and parts.port != 0
    except ValueError:
        return False
