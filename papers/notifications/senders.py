"""Send a message to the addresses in NOTIFY_URLS, by Apprise: chats, mail, a server of one's own.

The addresses hold secrets, so nothing of them but the kind of service is printed.
"""

from typing import Any

from django.conf import settings

from papers.text.sanitize import clean

MISSING = "NOTIFY_URLS needs Apprise; install it: make install-notify"
MAX_LENGTH = 3_000  # characters; some chats take 4,096


class CannotSend(Exception):
    """The message reached nobody. The text says why, without the addresses."""


def is_set_up() -> bool:
    return bool(settings.NOTIFY_URLS)


def send(title: str, text: str) -> list[str]:
    """Send a message; return the services that did not take it. Raise CannotSend if none did."""
    services = _services()
    failed = [name for name, service in services if not _take(service, title, text)]
    if len(failed) == len(services):
        raise CannotSend(f"No message could be sent by {', '.join(failed)}.")
    return failed


def _take(service: Any, title: str, text: str) -> bool:
    from apprise import NotifyFormat

    try:
        return bool(
            service.notify(
                title=clean(f"{settings.SITE_NAME}: {title}"),
                body=clean(text)[:MAX_LENGTH],
                body_format=NotifyFormat.TEXT,
            )
        )
    except (OSError, TypeError, ValueError):  # of a service, not of ours
        return False


def _services() -> list[tuple[str, Any]]:
    """Return each service with its name. Raise CannotSend for an address that is none."""
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError:
        raise CannotSend(MISSING) from None
    found = []
    for number, address in enumerate(settings.NOTIFY_URLS, start=1):
        service = Apprise(asset=AppriseAsset(app_id="Duizhao", app_url=settings.SITE_URL))
        if not service.add(address):
            scheme = address.partition(":")[0][:20]
            raise CannotSend(f"Address {number} of NOTIFY_URLS ({scheme}:…) is not understood.")
        found.append((str(service[0].service_name or f"address {number}"), service))
    return found
