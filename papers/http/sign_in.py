"""Limit sign-in attempts: five from one address, then a pause. The log names no user.

django-axes counts attempts (AXES_… in the settings, ``sign_in_attempts.py``). An address stays
in the database until a later attempt finds its pause over. Attempts are counted by address and
not by name, so that an attacker cannot lock out a curator.
"""

import logging
import math

from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from papers.http.client_ip import client_address

logger = logging.getLogger(__name__)


def address_of(request: HttpRequest) -> str | None:
    """Return the address that attempts are counted by; None if it is not known."""
    return client_address(request) or None


def refusal(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict | None = None,
) -> HttpResponse:
    """Return the page that says, in both languages, when to try again. It names no user."""
    seconds = seconds_to_wait(request)
    page = loader.get_template("429.html").render({"minutes": -(-seconds // 60)})
    answer = HttpResponse(page, status=429, headers={"Retry-After": str(seconds)})
    add_never_cache_headers(answer)
    return answer


def seconds_to_wait(request: HttpRequest) -> int:
    """Return the seconds until attempts from this address are allowed again, at least 1."""
    tries = AccessAttempt.objects.filter(ip_address=address_of(request))
    last = tries.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    left = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, math.ceil(left.total_seconds()))


def _log_refused(sender: object, **kwargs: object) -> None:
    logger.warning("A sign-in was refused.")


def _log_paused(*args: object, **kwargs: object) -> None:
    logger.warning("An address was paused after too many sign-ins that were refused.")


def _log_in(sender: object, **kwargs: object) -> None:
    logger.info("Somebody signed in.")


def _log_out(sender: object, **kwargs: object) -> None:
    logger.info("Somebody signed out.")


user_login_failed.connect(_log_refused, dispatch_uid="papers.http.sign_in.refused")
user_locked_out.connect(_log_paused, dispatch_uid="papers.http.sign_in.paused")
user_logged_in.connect(_log_in, dispatch_uid="papers.http.sign_in.in")
user_logged_out.connect(_log_out, dispatch_uid="papers.http.sign_in.out")
