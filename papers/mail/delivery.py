"""Send what is due: confirming letters, and once a day the new papers of each list.

A list is marked as tried before its message is sent, so that no crash sends it twice on one day.
What was not sent stays new, and comes with the message of the next day.
"""

import datetime
import logging
import threading
from dataclasses import dataclass

from django.db import connection as database
from django.db.models import Max, Q
from django.utils import timezone

from papers.mail.asked_list import AskedList, UnknownList, list_at
from papers.mail.letters import confirming_letter, daily_letter
from papers.mail.mailer import Mailer, Refused, Unreachable
from papers.mail.requests import clear_unconfirmed
from papers.models import MailedList, Paper

MAX_PAPERS = 50  # in one message; the others are counted
LATE = datetime.timedelta(days=7)  # a paper of an older day was imported late and is not news
REFUSED_FOR = datetime.timedelta(days=14)  # an address that is refused for longer is deleted

logger = logging.getLogger(__name__)


@dataclass
class MailReport:
    """How many messages were sent and lists had no news; what was refused, and what is gone.

    ``ended`` are lists of addresses that the mail server refuses for good, ``gone`` those that the
    site no longer has. ``stopped`` says why the mail server could not be reached.
    """

    sent: int = 0
    quiet: int = 0
    refused: int = 0
    ended: int = 0
    gone: int = 0
    letters: int = 0
    cleared: int = 0
    stopped: str = ""

    def __str__(self) -> str:
        counted = (
            (self.sent, "messages"),
            (self.quiet, "lists without news"),
            (self.refused, "refused by the mail server"),
            (self.ended, "ended, refused for good"),
            (self.gone, "lists that no longer exist"),
            (self.letters, "confirming letters"),
            (self.cleared, "unconfirmed requests deleted"),
        )
        return (
            ", ".join(f"{number:,} {what}" for number, what in counted if number) or "no messages"
        )


def send_all(today: datetime.date, lists_too: bool = True) -> MailReport:
    """Send all that is due; ``lists_too``: not only confirming letters.

    One address that the mail server refuses does not stop the others.
    """
    report = MailReport(cleared=clear_unconfirmed())
    with Mailer() as mailer:
        try:
            _send_letters(mailer, report)
            if lists_too:
                _send_lists(mailer, today, report)
        except Unreachable as error:
            report.stopped = str(error)
    return report


# ---- confirming letters


def _send_letters(mailer: Mailer, report: MailReport) -> None:
    for pk in list(MailedList.objects.filter(letter_due=True).values_list("pk", flat=True)):
        row = _claimed_letter(pk)
        wanted = _list_of(row) if row else None
        if row and wanted:
            _send_letter(mailer, row, wanted, report)


def _claimed_letter(pk: int) -> MailedList | None:
    """Return the row of a letter that is still due, which only this process then sends."""
    due = MailedList.objects.filter(pk=pk, letter_due=True)
    return MailedList.objects.filter(pk=pk).first() if due.update(letter_due=False) else None


def _send_letter(mailer: Mailer, row: MailedList, wanted: AskedList, report: MailReport) -> None:
    try:
        mailer.send(confirming_letter(row, wanted))
        report.letters += 1
    except Refused:
        report.refused += 1
    except Unreachable:
        MailedList.objects.filter(pk=row.pk).update(letter_due=True)
        raise


# ---- the day's papers


def _send_lists(mailer: Mailer, today: datetime.date, report: MailReport) -> None:
    newest = Paper.objects.aggregate(newest=Max("pk"))["newest"] or 0
    due = MailedList.objects.confirmed().filter(Q(tried=None) | Q(tried__lt=today))
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        if row := due.filter(pk=pk).first():
            _send_list(mailer, row, newest, today, report)


def _send_list(
    mailer: Mailer, row: MailedList, newest: int, today: datetime.date, report: MailReport
) -> None:
    wanted = _list_of(row)
    if wanted is None:
        report.gone += 1
        return
    new = wanted.newer_than(row.seen, _last_success(row) - LATE).filter(pk__lte=newest)
    papers = list(new.defer("abstract_en", "abstract_zh")[:MAX_PAPERS])
    if not papers:
        report.quiet += 1
        return
    if not _claim(row, today):  # cancelled, or sent by another machine
        return
    try:
        mailer.send(daily_letter(row, wanted, papers, new.count(), today))
        MailedList.objects.filter(pk=row.pk).update(sent=today, seen=newest)
        report.sent += 1
    except Refused as refused:
        _note_refusal(row, refused, today, report)
    except Unreachable:
        MailedList.objects.filter(pk=row.pk).update(tried=row.tried)
        raise


def _claim(row: MailedList, today: datetime.date) -> bool:
    unchanged = MailedList.objects.filter(pk=row.pk, tried=row.tried)
    return bool(unchanged.update(tried=today))


def _note_refusal(
    row: MailedList, refused: Refused, today: datetime.date, report: MailReport
) -> None:
    report.refused += 1
    if refused.for_good and today - _last_success(row) > REFUSED_FOR:
        MailedList.objects.filter(pk=row.pk).delete()
        report.ended += 1


def _last_success(row: MailedList) -> datetime.date:
    """Return the day of the last message that was taken, or else of the confirmation."""
    return row.sent or timezone.localdate(row.confirmed)


def _list_of(row: MailedList) -> AskedList | None:
    try:
        return list_at(str(row))
    except UnknownList:
        return None


# ---- letters at once, without the daily run


class _Sender:
    """At most one thread in this process that sends confirming letters while they are due."""

    def __init__(self) -> None:
        self._is_due, self._at_work = threading.Event(), threading.Lock()

    def start(self) -> None:
        self._is_due.set()
        threading.Thread(target=self._work, daemon=True, name="letters").start()

    def _work(self) -> None:
        """Send until nothing is due. Another thread that sends looks again before it ends."""
        while self._is_due.is_set() and self._at_work.acquire(blocking=False):
            try:
                self._is_due.clear()
                send_all(timezone.localdate(), lists_too=False)
            except Exception:  # the daily run sends what is left
                logger.exception("Confirming letters could not be sent.")
            finally:
                database.close()
                self._at_work.release()


_sender = _Sender()


def send_letters_soon() -> None:
    """Send the confirming letters that are due in a thread, and do not wait for it."""
    _sender.start()
