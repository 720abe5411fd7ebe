"""What a node does before it serves, besides migrating: wait for the database, make an account."""

import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import OperationalError, connection

_BETWEEN_TRIES = 0.5  # seconds


def wait_for_database(seconds: float) -> None:
    """Return when the database accepts a connection. Raise OperationalError after ``seconds``."""
    until = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if time.monotonic() >= until:
                raise
        time.sleep(_BETWEEN_TRIES)


def make_first_account() -> str:
    """Make the administrator of ADMIN_USER and return the name; empty if there is nothing to do.

    An account that has the name already stays as it is, with its password.
    """
    users = get_user_model().objects
    if settings.ADMIN is None or users.filter(username=settings.ADMIN[0]).exists():
        return ""
    name, password = settings.ADMIN
    try:
        validate_password(password)
    except ValidationError as error:
        raise ImproperlyConfigured(f"ADMIN_PASSWORD: {' '.join(error.messages)}") from None
    users.create_superuser(name, password=password)
    return name
