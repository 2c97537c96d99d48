"""What a browser may do on our pages, and on the staff pages of libraries."""

import re

import pytest
from django.http import HttpResponse

from tests.access.table import ROWS, Row
from tests.access.visits import ask, client_as
from tests.access.world import ADMINISTRATOR, STRANGER, World

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "frame-src 'self' https://player.bilibili.com https://v.qq.com; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
INLINE = re.compile(
    r"<style|<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle=|\son[a-z]+=|javascript:"
)
PAGES = [
    (row, role)
    for row in ROWS
    for role in (STRANGER, ADMINISTRATOR)
    if row.method == "GET" and row.expected(role) in {200, 404, 410}
]


def directives(response: HttpResponse) -> set[str]:
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize(("row", "role"), PAGES, ids=str)
def test_a_page_of_ours_needs_and_allows_nothing_inline(row: Row, role: str, small_world: World) -> None:
    response = ask(row, role, small_world)
    assert directives(response) == set(STRICT.split("; "))
    assert INLINE.findall(response.content.decode()) == []
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Permissions-Policy"].startswith("camera=(), geolocation=()")


@pytest.mark.parametrize("path", ["/cms/", "/dashboard/catalogue/categories/"])
def test_staff_pages_of_libraries_may_write_scripts_into_themselves(path: str, small_world: World) -> None:
    response = client_as(ADMINISTRATOR, small_world).get(path)
    assert response.status_code == 200
    assert "script-src 'self' 'unsafe-inline'" in directives(response)
    assert "object-src 'none'" in directives(response)


def test_a_page_that_only_looks_like_a_staff_path_stays_strict(small_world: World) -> None:
    response = client_as(ADMINISTRATOR, small_world).get("/cms-news/")
    assert "script-src 'self'" in directives(response)


def test_staff_pages_of_libraries_are_chinese(small_world: World) -> None:
    client = client_as(ADMINISTRATOR, small_world)
    assert "网站摘要" in client.get("/cms/").content.decode()
    assert "分类" in client.get("/dashboard/catalogue/categories/").content.decode()
