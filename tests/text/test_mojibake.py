"""UTF-8 decoded as Windows-1252 is repaired if that is certain; nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.mojibake import mended


@pytest.mark.parametrize(
    ("mangled", "text"),
    [
        ("diminished â€œglowâ€\x9d of lamps", "diminished “glow” of lamps"),
        ("diminished â€œglowâ€ of lamps", "diminished “glow” of lamps"),
        ("a lampâ€™s glow â€“ and more", "a lamp’s glow – and more"),
        ("JosÃ© MÃ¼ller", "José Müller"),
        ("FranÃ§ois and 5 Âµm", "François and 5 µm"),
        ("Î±-lanterns", "α-lanterns"),
    ],
)
def test_what_is_certain_is_put_right(mangled, text):
    assert mended(mangled) == text
    assert mended(text) == text


@pytest.mark.parametrize(
    "own",
    ["", "Lamps", "â", "Âme et Ão", "naïve Ålesund", "“lamps” – £5", "照亮暗处的灯", "São, ÂM"],
)
def test_what_is_not_mangled_stays(own):
    assert mended(own) == own


@given(st.text(st.characters(min_codepoint=0x2000, max_codepoint=0x20AC), min_size=1, max_size=8))
def test_whatever_was_mangled_comes_back(text):
    raw = text.encode()
    mangled = "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in raw)
    assert mended(mangled) == text
