"""The address that a request comes from, also behind proxies that one trusts."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind ``TRUSTED_PROXIES`` proxies the one that the outermost saw.

    Each proxy appends the address of its peer to ``X-Forwarded-For``; what a client itself wrote
    there stands further left and is never believed.
    """
    said = request.headers.get("X-Forwarded-For", "")
    seen = [part.strip() for part in said.split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(seen) >= proxies:
        return seen[-proxies]
    return request.META.get("REMOTE_ADDR", "")
