"""Pages travel compressed to whoever can unpack them."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_where_the_browser_says_so(client: Client) -> None:
    plain = client.get("/products/")
    packed = client.get("/products/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert "全部产品" in gzip.decompress(packed.content).decode()
