"""Addresses of servers, and the same by way of a proxy."""

from urllib.parse import urlsplit

from tests.chaos.proxy import LOCAL, Proxy


def place(url: str) -> tuple[str, int]:
    """Host and port."""
    parts = urlsplit(url)
    return parts.hostname or LOCAL, parts.port or 0


def through(url: str, proxy: Proxy) -> str:
    """The same log-in at the proxy."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@{LOCAL}:{proxy.port}").geturl()
