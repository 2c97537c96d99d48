"""Where a request comes from, with and without proxies of ours."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from marketplace.core.addresses import client_address


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),  # written by the client: not believed
        (1, "10.0.0.1", "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1", "203.0.113.5, 198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.1", "203.0.113.5, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "10.0.0.1", "198.51.100.7", "10.0.0.1"),  # did not pass our proxies
        (1, "10.0.0.1", "<script>", None),
        (0, "", "", None),
    ],
)
def test_client_address(
    settings: Settings, proxies: int, remote: str, forwarded: str, address: str | None
) -> None:
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
