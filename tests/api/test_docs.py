"""The API's description: as OpenAPI and as a page, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.api.conftest import call, read

pytestmark = pytest.mark.django_db


def test_every_call_declares_its_answers() -> None:
    document = read(call(None, "GET", "/openapi.json"))
    calls = {
        operation["operationId"]: set(operation["responses"])
        for operations in document["paths"].values()
        for operation in operations.values()
    }
    assert len(calls) == 25
    assert calls["products"] == {"200", "304", "400", "422", "429", "503"}
    assert calls["submit"] == {"201", "400", "401", "403", "404", "409", "413", "422", "429", "503"}
    assert calls["health"] == {"200", "304", "429", "503"}


def words(document: Any) -> list[str]:
    """Every summary and description of the document."""
    if isinstance(document, list):
        return [word for each in document for word in words(each)]
    if not isinstance(document, dict):
        return []
    own = [document[name] for name in ("summary", "description") if isinstance(document.get(name), str)]
    return own + [word for each in document.values() for word in words(each)]


def test_the_description_is_chinese_for_who_does_not_ask_for_english() -> None:
    document = json.loads(Client().get("/api/v1/openapi.json").content)
    assert [text for text in words(document) if text.isascii()] == []
    assert document["info"]["title"] == "消费扶贫网上行接口"


def test_the_page_shows_every_call_without_scripts_of_its_own() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert page.count('class="card api-call"') == 25
    assert "/api/v1/orders/{number}/ship" in page
    assert "lines[].quantity" in page
    assert "提交采购申请" in page


def test_the_page_is_in_each_visitors_language() -> None:
    english = Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for client, said in [
        (Client(), "提交采购申请"),
        (english, "Submit a purchase request"),
        (Client(), "提交采购申请"),
    ]:
        assert said in client.get("/api/v1/docs").content.decode()
