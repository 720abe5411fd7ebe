"""The address that a request comes from, also behind proxies that one trusts."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

ONE_HOUSEHOLD = 64  # bits of an IPv6 address; the others are the client's own to choose


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind ``TRUSTED_PROXIES`` proxies the one that the outermost saw.

    Each proxy appends the address of its peer to ``X-Forwarded-For``; what a client itself wrote
    there stands further left and is never believed. An IPv6 address is given by its network, since
    one client has 2**64 of them. Empty where there is none, as on a Unix socket.
    """
    said = request.headers.get("X-Forwarded-For", "")
    seen = [part.strip() for part in said.split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    by_proxy = _read(seen[-proxies]) if proxies and len(seen) >= proxies else ""
    return by_proxy or _read(request.META.get("REMOTE_ADDR", ""))


def _read(said: str) -> str:
    """The address in one form; some proxies write its port behind it."""
    host = said.removeprefix("[").partition("]")[0] if said.startswith("[") else said
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    number = int(address) >> (128 - ONE_HOUSEHOLD) << (128 - ONE_HOUSEHOLD)
    return str(ipaddress.IPv6Address(number))
