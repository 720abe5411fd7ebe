"""One connection to the mail server: opened with the first message, and again when it was lost."""

import smtplib
from contextlib import suppress
from types import TracebackType

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class Refused(Exception):
    """The mail server did not take this message; it may take others.

    ``for_good``: it says that this recipient will never be accepted.
    """

    def __init__(self, for_good: bool) -> None:
        super().__init__("The mail server refused a message.")
        self.for_good = for_good


class Unreachable(Exception):
    """No message can be sent now, and this one was not. The text names no address."""


class Mailer:
    """Sends messages one by one. A context manager, which ends the connection."""

    def __init__(self) -> None:
        self._backend = get_connection(**settings.MAIL_SERVER)

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, message: EmailMessage) -> None:
        """Send the message. Raise Refused or Unreachable.

        A connection that is lost after the message was begun is Refused: the server may have it.
        """
        self._open()
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise Refused(for_good=all(500 <= code < 600 for code in codes)) from None
        except smtplib.SMTPSenderRefused as error:
            raise Unreachable(f"It refuses MAIL_FROM ({error.smtp_code}).") from None
        except smtplib.SMTPResponseException:
            raise Refused(for_good=False) from None
        except OSError:  # of SMTP, too
            self._close()
            raise Refused(for_good=False) from None

    def _open(self) -> None:
        """Open the connection, or try whether it still answers and open another if not."""
        try:
            if not self._backend.open() and not self._answers():
                self._close()
                self._backend.open()
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"It refuses user and password ({error.smtp_code}).") from None
        except OSError as error:
            raise Unreachable(f"{type(error).__name__}.") from None

    def _answers(self) -> bool:
        server = getattr(self._backend, "connection", None)
        if not isinstance(server, smtplib.SMTP):  # not sent by SMTP, as in tests
            return True
        try:
            return server.noop()[0] == 250
        except OSError:
            return False

    def _close(self) -> None:
        with suppress(OSError):
            self._backend.close()
