"""One check per dependency: it returns when all is well and raises within SECONDS otherwise."""

import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import psycopg
import redis
import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = structlog.get_logger(__name__)
SECONDS = 2
# libpq waits no shorter than two seconds; whoever asks wants an answer within three, on a busy machine too.
PING_SECONDS = 1


def database() -> None:
    """The database answers on a connection of its own, whatever state the pooled ones are in."""
    login = connection.settings_dict
    with psycopg.connect(
        host=login["HOST"],
        port=login["PORT"],
        user=login["USER"],
        password=login["PASSWORD"],
        dbname=login["NAME"],
        connect_timeout=SECONDS,
        options=f"-c statement_timeout={SECONDS * 1000}",
    ) as opened:
        opened.execute("SELECT 1")


def cache() -> None:
    """The cache's server answers."""
    _ping(settings.CACHES["default"]["LOCATION"])


def broker() -> None:
    """The server that carries tasks to the workers answers."""
    _ping(settings.CELERY_BROKER_URL)


def media() -> None:
    """Where uploads go, a file can be written and removed."""
    name = default_storage.save(f"health/{uuid.uuid4().hex}.txt", ContentFile(b"ok"))
    default_storage.delete(name)


def _ping(url: str) -> None:
    # The client's own retries would take longer than whoever asks is willing to wait.
    with redis.Redis.from_url(
        url, socket_connect_timeout=PING_SECONDS, socket_timeout=PING_SECONDS, retry=Retry(NoBackoff(), 0)
    ) as client:
        client.ping()


CHECKS: Mapping[str, Callable[[], None]] = {
    "database": database,
    "cache": cache,
    "broker": broker,
    "media": media,
}


def states() -> dict[str, bool]:
    """Whether each dependency works; all are asked at once, so that the slowest sets the time."""
    with ThreadPoolExecutor(len(CHECKS)) as threads:
        running = {name: threads.submit(_works, name) for name in CHECKS}
        return {name: each.result() for name, each in running.items()}


def _works(name: str) -> bool:
    try:
        CHECKS[name]()
    except (psycopg.Error, redis.RedisError, OSError) as error:
        # Only the kind: messages name hosts and users.
        logger.warning("dependency does not work", dependency=name, error=type(error).__name__)
        return False
    return True
