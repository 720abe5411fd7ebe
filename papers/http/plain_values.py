"""Plain serialisation for the shared cache, in place of pickle: reading it never runs code.

An integer is stored as its digits, so that Redis can increment it. JSON values are ``j`` and the
JSON text; bytes are ``b`` and the bytes; a pair of both, such as the headers and content of a page,
is ``p``, the JSON text, a line end and the bytes.
"""

import json
import re
from typing import Any


class PlainSerializer:
    """Serializer for Django's Redis cache."""

    def dumps(self, value: Any) -> bytes | int:
        """Serialise a value. Raise TypeError for unsupported types."""
        if type(value) is int:
            return value
        if isinstance(value, bytes):
            return b"b" + value
        if isinstance(value, tuple):
            said, content = value
            return b"p" + _json(said) + b"\n" + bytes(content)
        return b"j" + _json(value)

    def loads(self, stored: bytes) -> Any:
        """Deserialise a value. Raise ValueError for data that this class did not write."""
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
