"""The keeper: one process that owns the servers of one data folder for as long as somebody holds a lease.

A lease is an open connection to the keeper's socket; the kernel closes it however its holder ends. A holder
says on it, one JSON object a line:

    {"need": ["postgres", "valkey"]}   answered by {"urls": {…}} or {"error": "…"}
    {"guard": 4711}                    end this process group together with the lease
    {"release": 4711}                  no longer

The end of a holder's sending is answered by {"others": 2}, or by nothing but our own end if there are none.
Unasked we say {"ended": true} when we stop although there are holders.

Started by the first holder (lease.py) with that holder's connection and the lock on the folder already open.
"""

import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marketplace.embedded import binaries, logs, places, processes
from marketplace.embedded.errors import ServersError
from marketplace.embedded.passwords import passwords_in
from marketplace.embedded.places import Places
from marketplace.embedded.postgres import Postgres
from marketplace.embedded.profiles import PROFILES, Profile
from marketplace.embedded.valkey import Valkey

# Together, and also together with a supervisor's orderly stop, these stay under five seconds: whoever stops
# or kills a holder finds nothing of ours after that.
GUARD_GRACE_SECONDS = 1.2
STOP_GRACE_SECONDS = 1.6
KILL_SECONDS = 0.8

Server = Postgres | Valkey


@dataclass(eq=False)
class Holder:
    """One lease: the connection, what came over it so far, and the process groups that end with it."""

    connection: socket.socket
    unread: bytes = b""
    guarded: set[int] = field(default_factory=set)


class Keeper:
    """The servers of one folder and those who hold a lease on them."""

    def __init__(self, *, profile: Profile, folder: Places) -> None:
        self._profile = profile
        self._places = folder
        self._servers: dict[str, Server] = {}
        self._holders: set[Holder] = set()
        self._selector = selectors.DefaultSelector()
        self._told_to_stop = False

    def run(self, first: socket.socket) -> None:
        """Serve until the last lease ends, a server dies or a signal says stop; then leave nothing."""
        listener = self._listen()
        try:
            self._watch_signals()
            self._admit(first)
            while self._is_wanted(listener):
                for key, _ in self._selector.select():
                    self._serve(key.fileobj, listener)
        finally:
            self._places.socket.unlink(missing_ok=True)
            listener.close()
            self._stop_everything()

    def _listen(self) -> socket.socket:
        self._places.socket.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.setblocking(False)  # noqa: FBT003 -- the standard library's signature
        before = os.umask(0o177)
        with places.socket_address(self._places) as address:
            listener.bind(address)
        os.umask(before)
        listener.listen(64)
        self._selector.register(listener, selectors.EVENT_READ)
        return listener

    def _watch_signals(self) -> None:
        """Signals wake the selector: a stop from the operator, or the end of a server."""
        receiver, sender = socket.socketpair()
        for end in (receiver, sender):
            end.setblocking(False)  # noqa: FBT003 -- the standard library's signature
        self._wakeup = (receiver, sender)
        signal.set_wakeup_fd(sender.fileno())
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(receiver, selectors.EVENT_READ)

    def _stop_soon(self, *_: object) -> None:
        self._told_to_stop = True

    def _is_wanted(self, listener: socket.socket) -> bool:
        if self._told_to_stop or any(self._has_died(server) for server in self._servers.values()):
            return False
        # Somebody may have knocked just before the last holder left.
        return bool(self._holders) or self._accept(listener)

    @staticmethod
    def _has_died(server: Server) -> bool:
        return server.process is not None and server.process.poll() is not None

    def _serve(self, source: object, listener: socket.socket) -> None:
        if source is listener:
            self._accept(listener)
        elif source is self._wakeup[0]:
            self._wakeup[0].recv(4096)
        else:
            self._hear(next(holder for holder in self._holders if holder.connection is source))

    def _accept(self, listener: socket.socket) -> bool:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return False
        self._admit(connection)
        return True

    def _admit(self, connection: socket.socket) -> None:
        connection.settimeout(None)
        self._holders.add(Holder(connection))
        self._selector.register(connection, selectors.EVENT_READ)

    def _hear(self, holder: Holder) -> None:
        try:
            received = holder.connection.recv(65536)
        except ConnectionError:
            received = b""
        if not received:
            self._dismiss(holder)
            return
        *lines, holder.unread = (holder.unread + received).split(b"\n")
        for line in lines:
            self._obey(holder, json.loads(line))

    def _obey(self, holder: Holder, request: Mapping[str, Any]) -> None:
        match request:
            case {"need": needs}:
                self._answer(holder, self._provide(needs))
            case {"guard": group}:
                holder.guarded.add(group)
            case {"release": group}:
                holder.guarded.discard(group)

    def _answer(self, holder: Holder, answer: dict[str, object]) -> None:
        with suppress(ConnectionError):  # the holder's end is heard next
            holder.connection.sendall(json.dumps(answer).encode() + b"\n")

    def _provide(self, needs: list[str]) -> dict[str, object]:
        """The URLs of the needed servers, or the reason why there are none."""
        urls: dict[str, str] = {}
        try:
            for need in needs:
                urls |= self._running(need).urls
        except ServersError as error:
            return {"error": str(error)}
        except OSError as error:
            return {"error": logs.explain_os_error(error, folder=self._places.folder)}
        return {"urls": urls}

    def _running(self, name: str) -> Server:
        if name not in self._servers:
            server = self._new_server(name)
            server.start()
            self._servers[name] = server
        return self._servers[name]

    def _new_server(self, name: str) -> Server:
        store = places.program_store()
        passwords = passwords_in(self._places.secrets)
        if name == "postgres":
            programs = binaries.postgres_programs(store=store)
            return Postgres(self._profile, self._places, programs, passwords)
        return Valkey(self._profile, self._places, binaries.valkey_program(store=store), passwords)

    def _dismiss(self, holder: Holder) -> None:
        processes.end_groups(holder.guarded, grace=GUARD_GRACE_SECONDS)
        self._holders.discard(holder)
        self._selector.unregister(holder.connection)
        if self._holders:
            self._answer(holder, {"others": len(self._holders)})
            holder.connection.close()
        # The last one's connection stays open until we are gone: so its holder can wait for that.

    def _stop_everything(self) -> None:
        for holder in self._holders:
            # Before its guarded processes end: it shall know that not they are the cause.
            self._answer(holder, {"ended": True})
        guarded = {group for holder in self._holders for group in holder.guarded}
        processes.end_groups(guarded, grace=GUARD_GRACE_SECONDS)
        for at_once, seconds in ((False, STOP_GRACE_SECONDS), (True, KILL_SECONDS)):
            for server in self._servers.values():
                server.request_stop(at_once=at_once)
            if processes.wait_until(self._all_stopped, seconds=seconds):
                return

    def _all_stopped(self) -> bool:
        return all(self._has_died(server) for server in self._servers.values())


def main(arguments: list[str]) -> None:
    """Entry point: the profile's name, its folder, the number of the first holder's connection."""
    profile_name, folder, descriptor = arguments
    os.setsid()  # neither Ctrl-C nor a closed terminal reaches us: only leases count
    os.chdir("/")
    os.umask(0o022)
    first = socket.socket(fileno=int(descriptor))
    Keeper(profile=PROFILES[profile_name], folder=Places(Path(folder))).run(first)


if __name__ == "__main__":
    main(sys.argv[1:])
