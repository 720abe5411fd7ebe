"""Sign the links that confirm and cancel a list, so that only who gets the mail can do it.

A token names the row and a hash of what is in it: it holds for no other row, in a restored database
neither.
"""

import datetime
import hashlib
from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from papers.models import MailedList

CONFIRMED_WITHIN = datetime.timedelta(days=3)
"""The time in which a link confirms; a request that was not confirmed is deleted after it."""


class Purpose(StrEnum):
    """What a link does. A token for one purpose is none for the other."""

    CONFIRM = "confirm"
    CANCEL = "cancel"


class Expired(Exception):
    """The link was valid, and is too old."""


class Forged(Exception):
    """The site never gave this link."""


def token_of(row: MailedList, purpose: Purpose) -> str:
    return _signer(purpose).sign(f"{row.pk}-{_fingerprint(row)}")


def row_of(token: str, purpose: Purpose) -> MailedList | None:
    """Return the row of a token; None if it was deleted. Raise Expired or Forged."""
    age = CONFIRMED_WITHIN if purpose is Purpose.CONFIRM else None
    try:
        number, _, fingerprint = _signer(purpose).unsign(token, max_age=age).partition("-")
    except SignatureExpired:
        raise Expired from None
    except BadSignature:
        raise Forged from None
    row = MailedList.objects.filter(pk=number).first()
    return row if row and _fingerprint(row) == fingerprint else None


def _signer(purpose: Purpose) -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"papers.mail.{purpose}")


def _fingerprint(row: MailedList) -> str:
    kept = "\n".join((row.address, row.path, row.query))
    return hashlib.sha256(kept.encode()).hexdigest()[:16]
