"""What is kept of sign-ins that were refused: how many came from an address, and when the last did.

django-axes itself would keep the name that was tried, the browser, the form and the query.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.db import IntegrityError, transaction
from django.db.models import F

ONE_ROW = {"username": "", "user_agent": ""}  # for an address, whoever was tried and from where


class TriesByAddress(AxesDatabaseHandler):
    """Counts the refused sign-ins of each address and keeps nothing else about them."""

    def user_login_failed(
        self, sender: object, credentials: dict, request: Any = None, **kwargs
    ) -> None:
        if request is None:  # else django-axes has put what it knows on it
            return
        self.clean_expired_user_attempts(request)
        if not request.axes_locked_out:  # a try during the pause makes it no longer
            _count(request)
            request.axes_locked_out = self.is_locked(request)
        if request.axes_locked_out:
            user_locked_out.send("axes", request=request)


def _count(request: Any) -> None:
    tries = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, **ONE_ROW)
    one_more = {
        "failures_since_start": F("failures_since_start") + 1,
        "attempt_time": request.axes_attempt_time,
    }
    if tries.update(**one_more):
        return
    first = {"ip_address": request.axes_ip_address, "failures_since_start": 1}
    try:
        with transaction.atomic():
            AccessAttempt.objects.create(**ONE_ROW, **first)
    except IntegrityError:  # the first two tries came at the same time
        tries.update(**one_more)
