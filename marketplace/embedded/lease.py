"""The holder's side of a lease: find the keeper or start it, get the URLs, let go."""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from marketplace.embedded import logs, places
from marketplace.embedded.errors import ServersError
from marketplace.embedded.places import Places

ATTACH_SECONDS = 180.0  # a predecessor may still be stopping, a first start makes the data folder
RELEASE_SECONDS = 10.0
POLL_SECONDS = 0.05


class Lease:
    """Servers that run for as long as this is open; `urls` has all three, given or embedded."""

    def __init__(
        self, urls: Mapping[str, str], connection: socket.socket | None = None, keeper: int | None = None
    ) -> None:
        self.urls = dict(urls)
        self._connection = connection
        self._keeper = keeper
        self._set = [name for name in urls if name not in os.environ]
        os.environ.update({name: urls[name] for name in self._set})

    def fileno(self) -> int | None:
        """For a selector: readable once the servers are gone; None if none of them is embedded."""
        return self._connection.fileno() if self._connection else None

    def guard(self, group: int) -> None:
        """End this process group with the lease, even if we are killed."""
        self._say({"guard": group})

    def release(self, group: int) -> None:
        """The process group has ended or is no longer ours to end."""
        self._say({"release": group})

    def close(self) -> None:
        """Let go. If nobody else holds a lease, the servers are gone when this returns."""
        for name in self._set:
            os.environ.pop(name, None)
        self._set = []
        if self._connection:
            has_ended = _let_go(self._connection)
            self._connection = None
            if self._keeper:
                os.waitpid(self._keeper, 0 if has_ended else os.WNOHANG)

    def _say(self, request: Mapping[str, object]) -> None:
        if self._connection:
            _send(self._connection, request)


@contextmanager
def lease(profile: str = "default", *, home: Path | None = None, guarding: bool = False) -> Iterator[Lease]:
    """A lease for the time of a with-statement."""
    held = acquire(profile, home=home, guarding=guarding)
    try:
        yield held
    finally:
        held.close()


def acquire(profile: str = "default", *, home: Path | None = None, guarding: bool = False) -> Lease:
    """A lease on PostgreSQL and Valkey, their URLs in the environment.

    A server that the environment names already is used instead of an embedded one, after it was asked whether
    it answers. `guarding` has a keeper for process groups also where no server is embedded.
    Raises ServersError with a message for the person at the terminal.
    """
    urls = {name: os.environ[name] for name in VARIABLES if os.environ.get(name)}
    if urls:
        # Not at the top: the drivers cost a tenth of a second, needed only with servers of one's own.
        from marketplace.embedded import given

        given.check(urls)
    needs = [server for server, variable in NEEDS.items() if variable not in urls]
    if not needs and not guarding:
        return Lease(urls)
    try:
        folder = places.places_of(profile, home=home)
        connection, keeper, embedded = _attach(profile, folder, needs)
    except OSError as error:
        raise ServersError(logs.explain_os_error(error, folder=home or places.default_home())) from error
    return Lease({**urls, **embedded}, connection, keeper)


VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
NEEDS: Mapping[str, str] = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}

Attached = tuple[socket.socket, int | None, dict[str, str]]


def _attach(profile: str, folder: Places, needs: Sequence[str]) -> Attached:
    """The connection to the running keeper or to a new one, whoever of us is first."""
    deadline = time.monotonic() + ATTACH_SECONDS
    while time.monotonic() < deadline:
        connection, keeper = _connect(folder), None
        if connection is None:
            connection, keeper = _start_keeper(profile, folder)
        if connection is not None:
            urls = _ask(connection, needs)
            if urls is not None:
                return connection, keeper, urls
            _abandon(connection, keeper, folder)
        time.sleep(POLL_SECONDS)
    raise ServersError(f"The embedded servers did not answer. Look at {folder.log('keeper')} and try again.")


def _connect(folder: Places) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with places.socket_address(folder) as address:
            connection.connect(address)
    except (FileNotFoundError, ConnectionError):
        connection.close()
        return None
    return connection


def _start_keeper(profile: str, folder: Places) -> tuple[socket.socket | None, int | None]:
    """Our connection to a new keeper and its process, or nothing if another keeper has the folder.

    The keeper inherits the lock that we took, so that of two who start at once exactly one starts it.
    """
    lock = places.hold(folder.folder)
    if lock is None:
        return None, None
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        for descriptor in (lock, theirs.fileno()):
            os.set_inheritable(descriptor, True)  # noqa: FBT003 -- the standard library's signature
        return ours, _spawn_keeper(profile, folder, theirs.fileno())
    finally:
        theirs.close()
        os.close(lock)


def _spawn_keeper(profile: str, folder: Places, descriptor: int) -> int:
    logs.trim(folder.log("keeper"))
    log_flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    arguments = ["-m", "marketplace.embedded.keeper", profile, str(folder.folder), str(descriptor)]
    return os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        {**os.environ, "PYTHONPATH": str(places.PROJECT)},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(folder.log("keeper")), log_flags, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )


def _ask(connection: socket.socket, needs: Sequence[str]) -> dict[str, str] | None:
    """The URLs; None if the keeper was just leaving.

    Raises ServersError with the keeper's reason if there are none.
    """
    try:
        _send(connection, {"need": needs})
        with connection.makefile("rb") as answers:
            line = answers.readline()
    except ConnectionError:
        return None
    if not line:
        return None
    answer = json.loads(line)
    if "error" in answer:
        _let_go(connection)
        raise ServersError(answer["error"])
    urls: dict[str, str] = answer["urls"]
    return urls


def _abandon(connection: socket.socket, keeper: int | None, folder: Places) -> None:
    """Forget a keeper that was leaving; a new one that failed at once would only fail again."""
    connection.close()
    if keeper is None:
        return
    os.waitpid(keeper, 0)
    said = logs.written_since(folder.log("keeper"), 0)
    raise ServersError(logs.explain("The keeper of the embedded servers ended", said, folder=folder.folder))


def _send(connection: socket.socket, request: Mapping[str, object]) -> None:
    connection.sendall(json.dumps(request).encode() + b"\n")


def _let_go(connection: socket.socket) -> bool:
    """Whether the keeper has ended with our lease, because nobody else has one."""
    connection.settimeout(RELEASE_SECONDS)
    try:
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as last_words:
            return b"others" not in last_words.read()
    except TimeoutError:
        return False
    except OSError:
        return True
    finally:
        connection.close()
