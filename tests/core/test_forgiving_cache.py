"""Where Redis is away nothing is remembered, nothing fails, and nobody waits for it again and again."""

import socket
import time

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings
from redis import RedisError

from marketplace.core import forgiving_cache


def lead_to(settings: Settings, port: int) -> None:
    """The cache is at this port from now on, and answers within 0.2 seconds or not at all."""
    options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    away = {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{port}", "OPTIONS": options}
    settings.CACHES = {"default": away}


def test_everything_is_a_miss(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgiving_cache, "REST_SECONDS", 0)  # each call asks anew
    lead_to(settings, 1)
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", "default") == "default"
    assert cache.add("a", 1)
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == ["a"]
    assert not cache.touch("a")
    assert not cache.delete("a")
    assert not cache.has_key("a")
    cache.delete_many(["a"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    assert cache.get_or_set("a", 7) == 7


def test_emptying_it_fails_aloud(settings: Settings) -> None:
    lead_to(settings, 1)
    with pytest.raises(RedisError):
        cache.clear()


def test_a_cache_that_hangs_is_waited_for_once(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        lead_to(settings, deaf.getsockname()[1])
        begun = time.monotonic()
        for _ in range(50):
            cache.get("a")
        assert time.monotonic() - begun < 1


def test_it_is_asked_again_after_a_rest(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("a", 1)
    cache._rests_until = time.monotonic() + 0.05
    assert cache.get("a") is None
    time.sleep(0.1)
    assert cache.get("a") == 1
