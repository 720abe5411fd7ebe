"""The looks of a page: languages, light and dark.

``make test`` visits each page in one look, and every look with some pages. With ``EVERY_LOOK=1``
(``make test-browser``) each page is visited in every look.
"""

import os
from collections.abc import Sequence

EVERY = os.environ.get("EVERY_LOOK") == "1"


def share(pages: Sequence[str], look: int, looks: int) -> Sequence[str]:
    """Return the pages to visit in this look, counted from 0, of so many."""
    return pages if EVERY else pages[look % looks :: looks]
