"""Whatever is wrong, the message says what and what to do; the exit code is 1 and there is no traceback."""

import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.embedded import binaries, given, logs, ports
from marketplace.embedded.errors import ServersError
from marketplace.embedded.places import PROJECT, program_store, server_account
from marketplace.embedded.processes import wait_until
from tests.embedded.holders import Holder, all_gone, without_servers

NOWHERE = "postgresql://marketplace_app:hush-hush@127.0.0.1:1/marketplace"


def _manage(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT,
        env={**without_servers(), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_url_that_does_not_answer() -> None:
    done = _manage(DATABASE_URL=NOWHERE, DATABASE_OWNER_URL=NOWHERE)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "error: DATABASE_URL (postgresql://marketplace_app:***@127.0.0.1:1/marketplace) does not answer: "
    )
    assert "Start that PostgreSQL server or correct DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hush-hush" not in done.stderr


def test_a_database_url_without_the_owners() -> None:
    done = _manage(DATABASE_URL=NOWHERE)
    assert done.returncode == 1
    assert done.stderr.startswith("error: DATABASE_URL is set, but DATABASE_OWNER_URL is not. ")
    assert "Traceback" not in done.stderr


def test_production_without_servers() -> None:
    done = _manage(DJANGO_SETTINGS_MODULE="marketplace.settings.production")
    assert done.returncode == 1
    assert done.stderr == (
        "error: Set DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL: production uses no embedded servers.\n"
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("redis://:hush-hush@127.0.0.1:1", r"REDIS_URL \(redis://:\*\*\*@127.0.0.1:1\) does not answer"),
        ("redis://127.0.0.1:1", r"REDIS_URL \(redis://127.0.0.1:1\) does not answer"),
        ("hush-hush", r"REDIS_URL \(\*\*\*\) is not of the form redis://:password@host:port"),
        ("http://127.0.0.1", r"REDIS_URL \(http://127.0.0.1\) is not of the form"),
        ("redis://127.0.0.1:6379/3", "names a database of the server, but several are used"),
    ],
)
def test_a_redis_url_that_will_not_do(url: str, message: str) -> None:
    with pytest.raises(ServersError, match=message) as raised:
        given.check({"REDIS_URL": url})
    assert "hush-hush" not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["hush-hush", "postgresql://me:hush-hush@[::1/x", "host=::1 password=hush-hush"]
)
def test_a_database_url_that_is_none(url: str) -> None:
    with pytest.raises(ServersError, match=r"^DATABASE_URL \(\*\*\*\) is not of the form") as raised:
        given.check({"DATABASE_URL": url, "DATABASE_OWNER_URL": url})
    assert "hush-hush" not in str(raised.value)


def test_a_server_that_is_too_old() -> None:
    given.check_server_version(150_000, "DATABASE_URL")
    with pytest.raises(ServersError, match="names a PostgreSQL 14, but 15 or newer is needed"):
        given.check_server_version(140_021, "DATABASE_URL")


@pytest.mark.parametrize(
    ("said", "version"),
    [("postgres (PostgreSQL) 18.6\n", 18), ("postgres (PostgreSQL) 15.8 (Debian 15.8-0)\n", 15)],
)
def test_the_version_of_programs(said: str, version: int) -> None:
    assert binaries.parse_major_version(said) == version


def test_a_data_folder_on_which_another_postgres_runs(home: Path) -> None:
    data = home / "test" / "postgres"
    account = server_account(data)
    program = binaries.postgres_programs(store=program_store()) / "postgres"
    with subprocess.Popen(
        [program, "-D", data, "-p", str(ports.free_port()), "-c", "unix_socket_directories="],
        user=account.uid if account else None,
        cwd="/",
        stderr=subprocess.DEVNULL,
    ) as other:
        assert wait_until((data / "postmaster.pid").exists, seconds=10)
        with Holder(home) as holder:
            said = holder.error()
        other.send_signal(signal.SIGINT)
    assert said == (
        f"error: Another PostgreSQL (process {other.pid}) is using {data}. "
        f"Stop it (kill {other.pid}) and try again.\n"
    )
    assert all_gone(home)


def test_a_data_folder_that_is_something_else(empty_home: Path) -> None:
    data = empty_home / "test" / "postgres"
    data.mkdir(parents=True)
    (data / "thesis.doc").write_text("years of work")
    with Holder(empty_home) as holder:
        assert holder.error() == (
            f"error: {data} is not a PostgreSQL data folder. "
            f"Move what is in it elsewhere, delete it, and try again.\n"
        )
    assert (data / "thesis.doc").read_text() == "years of work"


def test_a_data_folder_of_another_version(empty_home: Path) -> None:
    data = empty_home / "test" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with Holder(empty_home) as holder:
        assert holder.error().startswith(f"error: {data} was made by PostgreSQL 9, but PostgreSQL ")


def test_damaged_passwords(empty_home: Path) -> None:
    (empty_home / "test").mkdir()
    (empty_home / "test" / "secrets.json").write_text("{")
    with Holder(empty_home) as holder:
        assert holder.error().startswith(f"error: {empty_home}/test/secrets.json is damaged. ")


def test_a_home_that_is_a_file(empty_home: Path) -> None:
    (empty_home / "file").write_text("")
    with Holder(empty_home / "file") as holder:
        assert holder.error().startswith("error: The embedded servers could not be prepared. ")


def test_a_full_disk_as_the_tools_tell_it(home: Path) -> None:
    said = (
        "creating configuration files ... ok\n"
        'running bootstrap script ... FATAL:  could not write to file "pg_wal/xlogtemp.4711": '
        "No space left on device\n"
        "initdb: removing contents of data directory"
    )
    assert logs.explain("PostgreSQL could not make its data folder", said, folder=home) == (
        f"PostgreSQL could not make its data folder. The disk is full. Make room in {home} and try again; "
        "no stored data was lost.\n"
        "    creating configuration files ... ok\n"
        '    running bootstrap script ... FATAL:  could not write to file "pg_wal/xlogtemp.4711": '
        "No space left on device\n"
        "    initdb: removing contents of data directory"
    )


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "The disk is full. Make room in"),
        (errno.EDQUOT, "The disk is full. Make room in"),
        (errno.EACCES, "cannot be read or written. Give the folder back to the user who runs this"),
        (errno.EROFS, "cannot be read or written. Give the folder back to the user who runs this"),
    ],
)
def test_a_failure_of_the_operating_system(home: Path, number: int, remedy: str) -> None:
    error = OSError(number, os.strerror(number), str(home / "postgres.new"))
    assert remedy in logs.explain_os_error(error, folder=home)


def test_a_busy_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ServersError) as raised:
            ports.reserve("127.0.0.1", port)
    assert str(raised.value) == f"port {port} is in use; choose another: make run PORT={port + 1}"


def test_a_reserved_port_is_busy_for_others_and_refuses_connections() -> None:
    with ports.reserve("127.0.0.1", ports.free_port()) as reserved:
        address = reserved.getsockname()
        with pytest.raises(ServersError, match="is in use"):
            ports.reserve(*address)
        with socket.socket() as probe:
            assert probe.connect_ex(address) == errno.ECONNREFUSED


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "８０００", "http", "1e3"])
def test_a_port_that_is_none(text: str) -> None:
    with pytest.raises(ServersError, match="is no port; choose a number from 1 to 65535"):
        ports.port_number(text)


def test_a_host_that_is_not_this_machine() -> None:
    with pytest.raises(ServersError, match=r"192\.0\.2\.1 is no address of this machine"):
        ports.reserve("192.0.2.1", 8000)
