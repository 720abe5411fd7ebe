"""Cleaning untrusted text."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.digests.decoding import decode
from papers.digests.errors import DigestRefused
from papers.text.sanitize import clean

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = [chr(code) for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"]
NON_CHARACTERS = [
    *(chr(code) for code in range(0xFDD0, 0xFDF0)),
    *(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)),
]


def is_harmful(character: str) -> bool:
    """Whether the character breaks XML, hides text or reorders it."""
    return (
        (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n\r")
        or character in BIDI_CONTROLS
        or character in "\u2028\u2029\ufeff"
        or (ord(character) & 0xFFFE) == 0xFFFE
        or 0xFDD0 <= ord(character) <= 0xFDEF
    )


@pytest.mark.parametrize(
    "character",
    [
        *(one for one in CONTROLS if one not in "\t\n\r"),
        *(*BIDI_CONTROLS, "\u2028", "\u2029", "\ufeff", "\ud800", "\udfff"),
        *NON_CHARACTERS,
    ],
    ids=lambda one: f"U+{ord(one):04X}",
)
def test_a_harmful_character_does_not_come_in(character):
    assert clean(f"a{character}b") == "ab"


@pytest.mark.parametrize(
    "text", ["a\tb", "a\nb", "“灯”——$x<y$", "👩\u200d🔬", "क\u094dष", "عربي", "a\u00a0b"]
)
def test_what_means_something_stays(text):
    assert clean(text) == text


def test_letters_are_composed_and_ends_are_bare():
    assert clean(" \n Cafe\u0301 \u3000\n") == "Café"


@given(st.text(st.characters()))
def test_clean_text_is_nfc_without_harm_and_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert not [character for character in once if is_harmful(character)]


@pytest.mark.parametrize(
    "content",
    [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"a\r\nb\r", b"\xef\xbb\xbfa\nb\n"],
)
def test_every_line_end_and_a_byte_order_mark_come_to_the_same(content):
    assert decode(content) == "a\nb\n"


def test_an_empty_file_is_an_empty_text():
    assert decode(b"") == decode(b"\xef\xbb\xbf") == ""


def test_what_is_not_utf_8_is_refused_with_its_line_and_byte():
    with pytest.raises(DigestRefused, match="Byte 4 is not UTF-8") as refused:
        decode(b"a\nb\n\xff\n")
    assert refused.value.problem.code == "encoding"
    assert refused.value.problem.line == 3


@pytest.mark.parametrize(
    "content", ["灯".encode("gb18030"), "灯".encode()[:2], "灯".encode("utf-16")]
)
def test_other_encodings_and_half_characters_are_refused(content):
    with pytest.raises(DigestRefused, match="UTF-8"):
        decode(content)


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(DigestRefused, match="not a text file") as refused:
        decode(b"PK\x03\x04\x00\x00")
    assert refused.value.problem.code == "binary"


@given(st.binary())
def test_any_bytes_are_read_or_refused(content):
    with suppress(DigestRefused):
        assert "\r" not in decode(content)
