"""The Django project of Duizhao: settings, addresses and the WSGI door."""

import sys

VERSION = "0.1.0"

try:
    import pysqlite3
except ModuleNotFoundError:  # no wheel for this machine: Python's own SQLite serves
    pass
else:
    # One known, sound SQLite instead of whatever the system carries (see docs/design-notes.md).
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
