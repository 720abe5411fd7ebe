"""Version of the code: a hash of everything that pages depend on but the data.

Web nodes with the same code share cached pages. A node with newer code does not serve pages that
older code made.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

_SHOWN_SETTINGS = (
    *("SITE_NAME", "SITE_URL", "CONTACT", "TIME_ZONE", "DEBUG", "TRANSLATOR_URL"),
    *("WEBSUB_HUB", "MAIL_LISTS"),
)


@cache
def release() -> str:
    """Return the version as twelve hex digits, computed once in each process."""
    found = hashlib.sha256()
    for name in _SHOWN_SETTINGS:
        found.update(f"{name}={getattr(settings, name)}\n".encode())
    for file in _files(Path(settings.BASE_DIR)):
        found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:12]


def _files(root: Path) -> Iterator[Path]:
    for folder, pattern in (
        ("papers", "*.py"),
        ("digest_site", "*.py"),
        ("papers/locale", "*.mo"),
        ("templates", "*"),
    ):
        yield from sorted(file for file in (root / folder).rglob(pattern) if file.is_file())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file():
        yield manifest
