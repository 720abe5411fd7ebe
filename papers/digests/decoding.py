"""Decode the bytes of a digest file to text."""

from papers.digests.errors import DigestRefused
from papers.digests.limits import MAX_LINES
from papers.text.sanitize import newlines


def decode(content: bytes) -> str:
    """Return the text of a UTF-8 file without byte-order marks, with ``\\n`` as line ends.

    Raise DigestRefused if it is binary, has too many lines, or is not UTF-8; the last error tells
    the offset of the first wrong byte.
    """
    if b"\x00" in content:
        raise DigestRefused("binary", "This is not a text file; give a digest in UTF-8.")
    if len(content) > MAX_LINES < content.count(b"\n") + content.count(b"\r"):
        raise DigestRefused("too-large", f"More than {MAX_LINES:,} lines; divide the file.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(content, error.start) from None
    if "\ufeff" in text:  # files that were joined have one in the middle too
        text = text.replace("\ufeff", "")
    return newlines(text) if b"\r" in content else text


def _not_utf8(content: bytes, offset: int) -> DigestRefused:
    return DigestRefused(
        "encoding",
        f"Byte {offset} is not UTF-8; save the file as UTF-8 and import it again.",
        line=content.count(b"\n", 0, offset) + 1,
    )
