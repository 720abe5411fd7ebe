"""Keep who wants which list: asked for, confirmed, cancelled.

Nothing here tells a stranger whether an address is known: what is over a limit is not kept, and the
answer is the same.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from papers.mail.asked_list import AskedList
from papers.mail.signed_links import CONFIRMED_WITHIN
from papers.models import MailedList, Paper

LISTS_OF_AN_ADDRESS = 20
LETTERS_A_DAY = 5  # to one address
BETWEEN_LETTERS = datetime.timedelta(days=1)  # about one list to one address
WAITING_A_DAY = 200
"""Requests in a day that are not confirmed. More are not of readers: strangers have letters sent to
addresses that are not theirs, and the mail server's name suffers."""
DAY = datetime.timedelta(days=1)


class TooMany(Exception):
    """More lists were asked for today, by anyone, than the site sends letters about."""


def ask(address: str, wanted: AskedList, language: str) -> None:
    """Keep the request, and that a letter is due which asks the owner of the address to confirm.

    Raise TooMany, which says nothing about this address.
    """
    now = timezone.now()
    waiting = MailedList.objects.unconfirmed().filter(asked__gt=now - DAY)
    if waiting.count() >= WAITING_A_DAY:
        raise TooMany
    of_address = MailedList.objects.filter(address=_normal(address))
    if of_address.filter(asked__gt=now - DAY).count() >= LETTERS_A_DAY:
        return
    row = of_address.filter(path=wanted.path, query=wanted.query).first()
    if row:
        _ask_again(row, language, now)
    elif of_address.count() < LISTS_OF_AN_ADDRESS:
        _keep(_normal(address), wanted, language, now)


def _normal(address: str) -> str:
    """Return the address as it is kept: nearly no server tells large and small letters apart."""
    return address.strip().lower()


def _ask_again(row: MailedList, language: str, now: datetime.datetime) -> None:
    if row.asked < now - BETWEEN_LETTERS:
        again = MailedList.objects.filter(pk=row.pk, asked=row.asked)
        again.update(asked=now, letter_due=True, language=language)


def _keep(address: str, wanted: AskedList, language: str, now: datetime.datetime) -> None:
    row = MailedList(
        address=address, path=wanted.path, query=wanted.query, language=language, asked=now
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # asked for twice in one moment
        return


def confirm(row: MailedList) -> None:
    """Begin to send the list: from the papers on that come after now."""
    newest = Paper.objects.aggregate(newest=Max("pk"))["newest"] or 0
    unconfirmed = MailedList.objects.unconfirmed().filter(pk=row.pk)
    unconfirmed.update(confirmed=timezone.now(), seen=newest, letter_due=False)


def cancel(row: MailedList) -> None:
    """Forget the list and, with its last one, the address."""
    MailedList.objects.filter(pk=row.pk).delete()


def cancel_all(row: MailedList) -> None:
    """Forget all lists of the row's address."""
    MailedList.objects.filter(address=row.address).delete()


def clear_unconfirmed() -> int:
    """Forget requests that can no longer be confirmed; return their number."""
    late = MailedList.objects.unconfirmed().filter(asked__lt=timezone.now() - CONFIRMED_WITHIN)
    return late.delete()[0]
