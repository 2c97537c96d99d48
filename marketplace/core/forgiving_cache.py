"""The cache as what it is: where Redis is away or slow, nothing is remembered, and nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

logger = structlog.get_logger(__name__)
# After a failure nobody asks for so long: a page asks several times.
REST_SECONDS = 5.0

Answer = TypeVar("Answer")
Other = TypeVar("Other")


class ForgivingRedisCache(RedisCache):
    """Django's; what fails is a miss. Emptying it still fails aloud: who does that wants it done."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._rests_until = 0.0

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Whether the value is new; it counts as new where nothing is remembered."""
        return self._or(
            lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), otherwise=True
        )

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return self._or(
            lambda: super(ForgivingRedisCache, self).get(key, default, version), otherwise=default
        )

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Remembers the value if it can."""
        self._or(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), otherwise=None)

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether the value is remembered longer."""
        return self._or(
            lambda: super(ForgivingRedisCache, self).touch(key, timeout, version), otherwise=False
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Whether a value was forgotten. What could not be forgotten is, once its time is over."""
        return self._or(lambda: super(ForgivingRedisCache, self).delete(key, version), otherwise=False)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """The values that are remembered."""
        return self._or(lambda: super(ForgivingRedisCache, self).get_many(keys, version), otherwise={})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """Whether there is a value."""
        return self._or(lambda: super(ForgivingRedisCache, self).has_key(key, version), otherwise=False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """The number under the key, increased. Raises ValueError if none is remembered."""
        found = self._or(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), otherwise=None)
        if found is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(found)

    def set_many(
        self, data: dict[Any, Any], timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        """The keys whose values are not remembered."""
        return self._or(
            lambda: super(ForgivingRedisCache, self).set_many(data, timeout, version), otherwise=list(data)
        )

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        """Forgets these values if it can."""
        self._or(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), otherwise=None)

    def _or(self, ask: Callable[[], Answer], *, otherwise: Other) -> Answer | Other:
        """What Redis answers, or the other thing while it is away."""
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            logger.warning("the cache does not answer", error=type(error).__name__)
            return otherwise
