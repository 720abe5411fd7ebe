"""Make ``static/fonts/duizhao-serif.woff2`` from Source Serif 4. Run by hand, once in years.

    npm pack @fontsource-variable/source-serif-4 && tar xzf fontsource-*.tgz
    python -m pip install fonttools brotli
    python tools/make_font.py package/files/source-serif-4-latin-wght-normal.woff2

The font keeps the weights 400 to 600 and the features that the stylesheets use. It gets its own
name, because the licence reserves "Source" (static/fonts/duizhao-serif-OFL.txt).
"""

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "static/fonts/duizhao-serif.woff2"
WEIGHTS = (400, 600)
FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum", "onum", "pnum", "case")
NAMES = (1, 3, 4, 6, 16, 25)  # records of the name table with the family name


def main(source: str) -> None:
    font = _round_trip(instantiateVariableFont(TTFont(source), {"wght": WEIGHTS}))
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    options.hinting = False
    keeper = subset.Subsetter(options)
    keeper.populate(unicodes=font.getBestCmap())
    keeper.subset(font)
    _rename(font)
    font.flavor = "woff2"
    font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {len(font.getBestCmap())} characters")


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
