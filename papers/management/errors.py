"""Turn errors of commands into one-line messages."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.core.management.base import CommandError
from django.db import DatabaseError

from papers.db.import_lock import ImportRunning


class Stopped(BaseException):
    """SIGINT or SIGTERM told the command to stop. Nothing but the command handles it."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(number)


@contextmanager
def command_errors(kept: str = "Digests already written are kept") -> Iterator[None]:
    """Turn the expected errors of a writing command into a CommandError, which says what is kept.

    The exit status is 1, or 128 plus the signal's number if the command was interrupted or
    terminated, as in shells. Uncommitted writes are rolled back.
    """
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except ImportRunning as error:
        raise CommandError(str(error)) from None
    except (DatabaseError, OSError) as error:
        raise CommandError(
            f"Stopped: {' '.join(str(error).split())}. {kept}; fix the cause and run the command "
            "again.",
        ) from None
    except Stopped as stopped:
        raise CommandError(
            f"Interrupted. {kept}; run the command again to complete it.",
            returncode=128 + stopped.args[0],
        ) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
