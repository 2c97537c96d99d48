"""Asking a web server that may not listen yet for its home page, without ever waiting."""

import socket
from types import TracebackType
from typing import Self

# Where a server listens that listens everywhere.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- only translated, nothing binds to it
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class FirstAnswer:
    """One request, sent as soon as somebody listens; `status` is None until the answer has come."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = (EVERYWHERE.get(address[0], address[0]), address[1])
        self._connection: socket.socket | None = None
        self._received = b""
        self.status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._close()

    def has_come(self) -> bool:
        """Whether the answer is there; asked again and again."""
        try:
            if self._connection is None:
                self._connection = socket.create_connection(self._address, timeout=0.5)
                self._connection.sendall(REQUEST)
            self._receive(self._connection)
        except BlockingIOError:
            return False
        except OSError:
            self._close()
        return self.status is not None

    def _receive(self, connection: socket.socket) -> None:
        received = connection.recv(4096, socket.MSG_DONTWAIT)
        if not received:
            raise ConnectionResetError
        self._received += received
        if b"\r\n" in self._received:
            self.status = int(self._received.split()[1])

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection, self._received = None, b""
