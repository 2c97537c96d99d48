"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's network address; None where it is not known (a socket file without proxy headers).

    X-Forwarded-For is written by whoever sends it: only as many of its entries are believed, from the right,
    as there are proxies of ours in front (PROXY_COUNT).
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = hops[-settings.PROXY_COUNT] if len(hops) >= settings.PROXY_COUNT else address
    return _valid(address)


def _valid(address: str) -> str | None:
    try:
        return str(ip_address(address))
    except ValueError:
        return None
