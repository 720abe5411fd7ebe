"""How much of what is taken from a stranger's file, each limit with its reason.

The largest real digest has 1 MB, 500 records and 2,000 characters a text. So every limit is far
above what is honest, and low enough that a file that goes beyond it does no harm.
"""

import datetime

# --- A file. It is held in memory while it is read.

LARGEST_FILE = 16 * 2**20
"""Bytes of one digest."""

LONGEST_LINE = 1_000_000
"""Characters of one line. A line of a ``.jsonl`` is a whole record, and becomes a tree in memory
that is far larger than the line."""

MAX_LINES = 1_000_000
"""Lines of one digest. An empty line costs one byte in the file and eight in memory."""

MAX_RECORDS = 20_000
"""Records of one digest, refused ones too. All of arXiv has about 1,000 new papers a day."""

# --- A record. It is stored, searched and shown whole.

LONGEST_TITLE = 2_000
"""Characters. A translated title may have a whole explanation behind it."""

LONGEST_ABSTRACT = 50_000
"""Characters. arXiv itself takes no abstract above 1,920."""

MAX_AUTHORS = 5_000
"""Names of one paper. The longest real lists, of particle physics, have about 3,000."""

LONGEST_NAME = 255
"""Characters of one author's name, as wide as its column in the database."""

# --- An archive. Small ones may hold very much: https://www.bamsoftware.com/hacks/zipbomb/

MAX_MEMBERS = 100_000
"""Files and folders of one archive."""

MAX_INFLATED = 4 * 2**30
"""Bytes of one archive, inflated; also of what comes through standard input."""

STEEPEST_RATIO = 200
"""Inflated bytes for each byte of the archive. Real digests shrink to about a quarter."""

UNSUSPICIOUS = 10 * 2**20
"""Inflated bytes up to which the ratio is not looked at."""

LARGEST_MEMBER_HEADER = 2**20
"""Bytes that describe one member of a tar archive, such as its long name."""

LARGEST_MEMBER_LIST = 8 * 2**20
"""Bytes of the list of members at the end of a zip archive, which is read at once."""

HELD_IN_MEMORY = 16 * 2**20
"""Bytes of digests of one folder of an archive that are held while their twins are awaited."""


def most_inflated(archive_size: int) -> int:
    """The bytes to which an archive of this many bytes may inflate."""
    return min(MAX_INFLATED, max(UNSUSPICIOUS, STEEPEST_RATIO * archive_size))


# --- What is given in the admin. It is kept so that it can be imported again.

MAX_UPLOADS = 200
"""Files. A lab that gives every digest of a week by hand gives some hundred."""

MAX_UPLOADED = 512 * 2**20
"""Bytes of all of them together."""

UPLOADS_KEPT = datetime.timedelta(days=14)
"""Since it was given, of a file whose import has ended."""
