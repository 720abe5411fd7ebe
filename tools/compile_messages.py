"""``make translations``: compile every ``django.po`` of the site, without gettext.

The compiled ``django.mo`` files are committed, so that a checkout runs without this step. With
``--check`` nothing is written, and the exit status is 1 if a ``django.mo`` is out of date.
"""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def main(check: bool) -> int:
    stale = 0
    for source in sorted(ROOT.glob("papers/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        compiled = polib.pofile(str(source)).to_binary()
        if target.is_file() and target.read_bytes() == compiled:
            continue
        name = target.relative_to(ROOT)
        if check:
            stale += 1
            print(f"{name} is not what its .po says: run `make translations`.", file=sys.stderr)
        else:
            target.write_bytes(compiled)
            print(f"{name} written.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
