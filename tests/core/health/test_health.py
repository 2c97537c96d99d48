"""Liveness needs nothing; readiness names what does not work, quickly and without secrets."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from marketplace.outbox import services
from tests.factories.messages import make_set_aside


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port that takes connections and never answers, as a hanging server does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.django_db
def test_live_asks_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_names_each_dependency(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "ok", "broker": "ok", "media": "ok"},
        "alerts": {"outbox": "ok"},
    }
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_an_alert_is_told_and_takes_nobody_out_of_service(client: Client) -> None:
    make_set_aside()
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert response.json()["alerts"] == {"outbox": "set_aside"}


@pytest.mark.django_db
def test_messages_that_nobody_relays_are_told(client: Client) -> None:
    due = timezone.now() - timedelta(minutes=16)
    services.enqueue(topic="nobody's", payload={}, dedupe_key="late", now=due)
    assert client.get("/health/ready").json()["alerts"] == {"outbox": "late"}


@pytest.mark.django_db
def test_a_stopped_broker_is_told_within_three_seconds(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://:secret@127.0.0.1:{closed_port()}/1"
    begun = time.monotonic()
    response = client.get("/health/ready")
    assert time.monotonic() - begun < 3
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "ok", "cache": "ok", "broker": "failed", "media": "ok"}
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_servers_that_hang_are_told_within_three_seconds(
    client: Client, settings: Settings, deaf_port: int
) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{deaf_port}/1"
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{deaf_port}/0"}
    }
    begun = time.monotonic()
    states = client.get("/health/ready").json()["checks"]
    assert time.monotonic() - begun < 3
    assert states == {"database": "ok", "cache": "failed", "broker": "failed", "media": "ok"}


@pytest.mark.django_db
def test_media_that_cannot_be_written_are_told(client: Client, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"
    assert client.get("/health/ready").json()["checks"]["media"] == "failed"


def test_an_unreachable_database_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", closed_port())
    response = client.get("/health/ready")
    assert response.json()["checks"]["database"] == "failed"
    assert response.json()["alerts"] == {"outbox": "unknown"}
    assert response.status_code == 503
