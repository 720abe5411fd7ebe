"""The IP address of the client, also behind trusted proxies."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

ONE_HOUSEHOLD = 64  # bits of an IPv6 address; the client can choose the others


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address, or an empty string if there is none (Unix socket).

    With ``TRUSTED_PROXIES`` proxies it is the address that the outermost of them saw. Each proxy
    appends its peer's address to ``X-Forwarded-For``; values further left come from the client and
    are not trusted. An IPv6 address is reduced to its /64 network, because one client has 2**64
    addresses.
    """
    said = request.headers.get("X-Forwarded-For", "")
    seen = [part.strip() for part in said.split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    by_proxy = _read(seen[-proxies]) if proxies and len(seen) >= proxies else ""
    return by_proxy or _read(request.META.get("REMOTE_ADDR", ""))


def _read(said: str) -> str:
    """Return the address in normal form, without a port; empty if it is not valid."""
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
