"""The Django project of Duizhao: settings, root URLs and the WSGI application."""

import sys

VERSION = "1.0.0"

try:
    import pysqlite3
except ModuleNotFoundError:  # no wheel for this machine: use Python's own SQLite
    pass
else:
    # Use a known, sound SQLite instead of the system's (see docs/design-notes.md).
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
