"""Say what is wrong with the settings, or that the database is away, in one sentence.

A traceback tells an operator nothing that the sentence does not. Errors of the code keep theirs.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """End the process with status 1 and one sentence where a setting is wrong or the database away.

    Within the block Django may, but need not, be set up.
    """
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(_one_line(error))
    except Exception as error:
        if not _is_of_database(error):
            raise
        sys.exit(f"The database of DATABASE_URL cannot be used: {_one_line(error)}")


def _is_of_database(error: Exception) -> bool:
    from django.db import OperationalError  # needs no settings, but time that gunicorn has not yet

    return isinstance(error, OperationalError)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
