"""Make the two files of ``static/fonts/duizhao-serif*.woff2`` from Source Serif 4.

Run it by hand, once in years:

    npm pack @fontsource-variable/source-serif-4 && tar xzf fontsource-*.tgz
    python -m pip install fonttools brotli
    python tools/make_font.py package/files/source-serif-4-latin-wght-normal.woff2

Both keep the features that the stylesheets use and get their own name, because the licence reserves
"Source" (static/fonts/duizhao-serif-OFL.txt). They differ in their weights: beside Chinese, Latin
letters of the same weight look bolder, so the second font is lighter under the same numbers. It has
the letters and digits only that type.css uses beside Chinese.
"""

import io
import sys
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static/fonts"
WEIGHTS = (400, 600)
KERNING = ("kern", "ccmp", "mark", "mkmk")
FEATURES = (*KERNING, "liga", "locl", "lnum", "tnum", "onum", "pnum", "case")
NAMES = (1, 3, 4, 6, 16, 25)  # records of the name table with the family name


class Cut(NamedTuple):
    """A file to make: the weights of the source that become ``WEIGHTS``, and its characters."""

    file: str
    weights: tuple[int, int]
    characters: range
    features: tuple[str, ...]


CUTS = (
    Cut("duizhao-serif.woff2", (400, 600), range(0x110000), FEATURES),
    Cut("duizhao-serif-in-chinese.woff2", (360, 540), range(0x20, 0x7F), KERNING),
)


def main(source: str) -> None:
    for cut in CUTS:
        _make(source, cut)


def _make(source: str, cut: Cut) -> None:
    lightest, boldest = cut.weights
    font = instantiateVariableFont(TTFont(source), {"wght": (lightest, lightest, boldest)})
    font = _round_trip(font)
    axis = font["fvar"].axes[0]
    axis.minValue, axis.defaultValue, axis.maxValue = WEIGHTS[0], *WEIGHTS
    options = subset.Options()
    options.layout_features = list(cut.features)
    options.name_IDs = ["*"]
    options.hinting = False
    keeper = subset.Subsetter(options)
    keeper.populate(unicodes=set(font.getBestCmap()) & set(cut.characters))
    keeper.subset(font)
    _rename(font)
    font.flavor = "woff2"
    target = FONTS / cut.file
    font.save(target)
    print(f"{cut.file}: {target.stat().st_size:,} bytes, {len(font.getBestCmap())} characters")


def _round_trip(font: TTFont) -> TTFont:
    """Return the font after a round trip through a file: the subsetter needs it fully unpacked."""
    file = io.BytesIO()
    font.flavor = None
    font.save(file)
    file.seek(0)
    return TTFont(file)


def _rename(font: TTFont) -> None:
    names = font["name"]
    for record in [one for one in names.names if one.nameID in NAMES]:
        text = record.toUnicode().replace("SourceSerif4", "DuizhaoSerif")
        text = text.replace("Source Serif 4", "Duizhao Serif")
        names.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)


if __name__ == "__main__":
    main(sys.argv[1])
