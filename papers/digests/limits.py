"""Limits on untrusted files, each with its reason.

The largest real digest has 1 MB, 500 records and 2,000 characters per text. Every limit is far
above real use, and low enough that a file beyond it does no harm.
"""

import datetime

# --- A file. It is held in memory while it is read.

LARGEST_FILE = 16 * 2**20
"""Bytes of one digest."""

LONGEST_LINE = 1_000_000
"""Characters of one line. A line of a ``.jsonl`` file is a whole record; parsed, it takes far more
memory than the line."""

MAX_LINES = 1_000_000
"""Lines of one digest. An empty line costs one byte in the file and eight in memory."""

MAX_RECORDS = 20_000
"""Records of one digest, including refused ones. arXiv has about 1,000 new papers a day."""

# --- A record. It is stored, searched and shown whole.

LONGEST_TITLE = 2_000
"""Characters. A translated title may be followed by a whole explanation."""

LONGEST_ABSTRACT = 50_000
"""Characters. arXiv itself accepts up to 1,920."""

MAX_AUTHORS = 5_000
"""Names of one paper. The longest real lists, of particle physics, have about 3,000."""

LONGEST_NAME = 255
"""Characters of one author's name, as wide as its column in the database."""

# --- An archive. A small one may inflate to very much: https://www.bamsoftware.com/hacks/zipbomb/

MAX_MEMBERS = 100_000
"""Files and folders of one archive."""

MAX_INFLATED = 4 * 2**30
"""Bytes of one archive, inflated; also of data on standard input."""

STEEPEST_RATIO = 200
"""Inflated bytes per byte of the archive. Real digests compress to about a quarter."""

UNSUSPICIOUS = 10 * 2**20
"""Inflated bytes up to which the ratio is not checked."""

LARGEST_MEMBER_HEADER = 2**20
"""Bytes of the headers of one member of a tar archive, such as its long name."""

LARGEST_MEMBER_LIST = 8 * 2**20
"""Bytes of the list of members at the end of a zip archive, which is read in one piece."""

HELD_IN_MEMORY = 16 * 2**20
"""Bytes of the digests of one folder of an archive that are held until their twins are read."""


def most_inflated(archive_size: int) -> int:
    """Return the number of bytes to which an archive of this size, in bytes, may inflate."""
    return min(MAX_INFLATED, max(UNSUSPICIOUS, STEEPEST_RATIO * archive_size))


# --- Uploads in the admin. They are kept so that they can be imported again.

MAX_UPLOADS = 200
"""Files. A lab that uploads every digest of a week by hand uploads about a hundred."""

MAX_UPLOADED = 512 * 2**20
"""Bytes of all of them together."""

UPLOADS_KEPT = datetime.timedelta(days=14)
"""Time for which a file is kept after its upload, once its import has ended."""
