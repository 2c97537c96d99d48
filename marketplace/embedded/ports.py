"""Ports on this machine."""

import errno
import socket
import sys
from typing import Any

from marketplace.embedded.errors import ServersError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port of the loopback address that is free now; somebody may be faster, so callers try again."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def reserve(host: str, port: int) -> socket.socket:
    """A socket on the address that nobody else can take; until somebody listens, connections are refused.

    Raises ServersError if the port is busy, or is not ours to take, or the host is not this machine.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise ServersError(f"{host} is no address of this machine; try make run HOST=127.0.0.1") from error
    reserved = socket.socket(family, kind)
    try:
        _bind(reserved, address)
    except OSError as error:
        reserved.close()
        raise ServersError(_explain(host, port, error)) from error
    return reserved


def _bind(reserved: socket.socket, address: tuple[Any, ...]) -> None:
    """Bind it, alone if possible: two sockets that both may reuse an address do not exclude each other."""
    try:
        reserved.bind(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        # Perhaps only by connections of our last run that are in TIME_WAIT.
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(address)


def port_number(text: str) -> int:
    """The port that the text names.

    Raises ServersError if it names none.
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
        raise ServersError(f"{text!r} is no port; choose a number from 1 to 65535: make run PORT=8123")
    return int(text)


def _explain(host: str, port: int, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"port {port} needs more rights than you have; choose one above 1023: make run PORT=8123"
    if error.errno == errno.EADDRINUSE:
        another = port + 1 if port < 65_535 else port - 1
        return f"port {port} is in use; choose another: make run PORT={another}"
    return f"{host} is no address of this machine ({error.strerror}); try make run HOST=127.0.0.1"


if __name__ == "__main__":
    try:
        reserve(sys.argv[1], port_number(sys.argv[2])).close()
    except ServersError as error:
        sys.exit(f"error: {error}")
