"""Print the version of the code, or with --changes what CHANGELOG.md says of it.

Needs no library: a release is made where none is installed.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def version() -> str:
    """Return ``VERSION`` of ``digest_site/__init__.py`` without importing it."""
    for node in ast.parse((ROOT / "digest_site/__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "VERSION":
            return ast.literal_eval(node.value)
    raise LookupError("digest_site/__init__.py has no VERSION")


def changes(version: str) -> str:
    """Return the part of CHANGELOG.md below the heading of this version."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(version)}\b.*\n((?:(?!## ).*\n)*)", text, re.MULTILINE)
    if not found:
        sys.exit(f"CHANGELOG.md has no heading for {version}.")
    return found[1].strip()


if __name__ == "__main__":
    print(changes(version()) if sys.argv[1:] == ["--changes"] else version())
