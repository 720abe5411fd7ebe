"""Store failed sign-ins as a count and a time for each address.

django-axes itself would also store the user name, browser, form and query.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.db import IntegrityError, transaction
from django.db.models import F

ONE_ROW = {"username": "", "user_agent": ""}  # the same row for all user names and browsers


class TriesByAddress(AxesDatabaseHandler):
    """Count the failed sign-ins of each address and store nothing else about them."""

    def user_login_failed(
        self, sender: object, credentials: dict, request: Any = None, **kwargs
    ) -> None:
        if request is None:  # otherwise django-axes has set its attributes on it
            return
        self.clean_expired_user_attempts(request)
        if not request.axes_locked_out:  # an attempt during the pause does not prolong it
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
    except IntegrityError:  # the first two attempts came at the same time
        tries.update(**one_more)
