"""The form in which values lie in the shared cache. Nothing in it runs when it is read.

A whole number stands as its digits, so that Redis can count with it; what JSON can say as ``j`` and
JSON; bytes as ``b`` and the bytes; a pair of the two, such as a page's headers and its content, as
``p``, JSON, a line end and the bytes.
"""

import json
import re
from typing import Any


class PlainSerializer:
    """What Django's Redis client asks for, in place of the pickles that it would write."""

    def dumps(self, value: Any) -> bytes | int:
        """Raises TypeError for what has no plain form."""
        if type(value) is int:
            return value
        if isinstance(value, bytes):
            return b"b" + value
        if isinstance(value, tuple):
            said, content = value
            return b"p" + _json(said) + b"\n" + bytes(content)
        return b"j" + _json(value)

    def loads(self, stored: bytes) -> Any:
        """Raises ValueError for what this class did not write."""
        kind, rest = stored[:1], stored[1:]
        if re.fullmatch(rb"-?[0-9]{1,40}", stored):
            return int(stored)
        if kind == b"b":
            return rest
        if kind == b"j":
            return json.loads(rest)
        if kind == b"p" and b"\n" in rest:
            said, _, content = rest.partition(b"\n")
            return json.loads(said), content
        raise ValueError("not a value of this site")


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()  # on one line
