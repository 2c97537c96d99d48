"""Servers of one's own, named in the environment: do they answer, and are they new enough?"""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

from marketplace.embedded.binaries import OLDEST_POSTGRES
from marketplace.embedded.errors import ServersError

CONNECT_SECONDS = 5

_DATABASE_FORM = "postgresql://user:password@host:port/database"
_REDIS_FORM = "redis://:password@host:port"
FORMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "DATABASE_URL": (_DATABASE_FORM, ("postgresql", "postgres")),
    "DATABASE_OWNER_URL": (_DATABASE_FORM, ("postgresql", "postgres")),
    "REDIS_URL": (_REDIS_FORM, ("redis", "rediss")),
}


def check(urls: Mapping[str, str]) -> None:
    """Nothing, if every given server answers.

    Raises ServersError that names the variable, the failure and the remedy, never a password.
    """
    for variable, url in urls.items():
        _check_form(variable, url)
    _check_pair(urls)
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if variable in urls:
            check_server_version(_postgres_version(variable, urls[variable]), variable)
    if "REDIS_URL" in urls:
        _check_redis(urls["REDIS_URL"])


def _check_form(variable: str, url: str) -> None:
    form, schemes = FORMS[variable]
    try:
        parts = urlsplit(url)
        is_fine = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fine = False
    if not is_fine:
        raise ServersError(
            f"{variable} ({masked(url)}) is not of the form {form}. "
            f"Correct it, or unset it to use the embedded server."
        )


def _check_pair(urls: Mapping[str, str]) -> None:
    for present, absent, role in (
        ("DATABASE_URL", "DATABASE_OWNER_URL", "the owner role that migrates"),
        ("DATABASE_OWNER_URL", "DATABASE_URL", "the application's role"),
    ):
        if present in urls and absent not in urls:
            raise ServersError(
                f"{present} is set, but {absent} is not. Set {absent} to the same database with {role} "
                f"(marketplace/embedded/provision.sql makes both roles), "
                f"or unset {present} to use the embedded server."
            )


def _postgres_version(variable: str, url: str) -> int:
    """The server's version as PostgreSQL counts it: 180006 for 18.6."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            return connection.info.server_version
    except psycopg.Error as error:
        raise _no_answer("PostgreSQL", variable, url, str(error)) from error


def check_server_version(server_version: int, variable: str) -> None:
    """Nothing, if a server of this version (180006 for 18.6) will do.

    Raises ServersError otherwise.
    """
    if server_version < OLDEST_POSTGRES * 10_000:
        raise ServersError(
            f"{variable} names a PostgreSQL {server_version // 10_000}, "
            f"but {OLDEST_POSTGRES} or newer is needed. Upgrade that server, "
            f"or unset DATABASE_URL and DATABASE_OWNER_URL to use the embedded one."
        )


def _check_redis(url: str) -> None:
    if urlsplit(url).path.strip("/"):
        raise ServersError(
            f"REDIS_URL ({masked(url)}) names a database of the server, but several are used: "
            f"leave out what follows the port."
        )
    try:
        with redis.Redis.from_url(url, socket_timeout=CONNECT_SECONDS) as client:
            client.ping()
    except redis.RedisError as error:
        raise _no_answer("Redis", "REDIS_URL", url, str(error)) from error


def _no_answer(server: str, variable: str, url: str, said: str) -> ServersError:
    secret = urlsplit(url).password
    reason = said.strip().replace(secret, "***") if secret else said.strip()
    return ServersError(
        f"{variable} ({masked(url)}) does not answer: {reason}\n"
        f"Start that {server} server or correct {variable}; unset it to use the embedded server."
    )


def masked(url: str) -> str:
    """The URL with its password hidden; all of it hidden if it cannot be read as a URL."""
    try:
        parts = urlsplit(url)
        if not parts.netloc:
            return "***"
    except ValueError:
        return "***"
    login, at, server = parts.netloc.rpartition("@")
    if at:
        server = f"{login.partition(':')[0]}:***@{server}"
    # A query may hold a password too.
    return urlunsplit((parts.scheme, server, parts.path, "", ""))
