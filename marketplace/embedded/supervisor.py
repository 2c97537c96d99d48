"""Several processes as one: their output side by side, and all of them end when one does."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import IO

from marketplace.embedded.lease import Lease
from marketplace.embedded.processes import end_groups, tied_to_parent

NAME_WIDTH = 8
COLOURS = {"servers": "35", "prepare": "36", "web": "32", "worker": "33", "beat": "34"}
# An idle Celery worker may take four seconds; what it had begun comes back, for tasks are acknowledged late.
STOP_SECONDS = 2.2
TICK_SECONDS = 0.2

Child = subprocess.Popen[bytes]


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, a closed terminal."""


class EndedError(Exception):
    """A process that should have gone on has ended; says which one."""


class Supervisor:
    """Starts processes under names, shows their output, and leaves none behind."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._children: dict[str, Child] = {}
        self._unfinished_lines: dict[str, bytes] = {}
        self._told_to_stop = False
        self._selector = selectors.DefaultSelector()
        self._watch_signals()
        descriptor = lease.fileno()
        if descriptor is not None:
            self._selector.register(descriptor, selectors.EVENT_READ, "lease")

    def start(self, name: str, arguments: Sequence[str], *, pass_fds: Sequence[int] = ()) -> Child:
        """A process in a group of its own, which ends with us even if we are killed."""
        child = subprocess.Popen(  # noqa: S603 -- our own command
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            pass_fds=pass_fds,
            start_new_session=True,
            preexec_fn=tied_to_parent(signal.SIGTERM),  # safe: we have one thread
        )
        self._lease.guard(child.pid)
        self._children[name] = child
        self._selector.register(_output_of(child), selectors.EVENT_READ, name)
        return child

    def run_to_end(self, name: str, arguments: Sequence[str]) -> None:
        """The process has ended well.

        Raises EndedError if it failed, Stopped if somebody asked for that.
        """
        child = self.start(name, arguments)
        self.attend(until=lambda: child.poll() is not None)
        self._drain(name)
        if child.returncode != 0:
            raise EndedError(f"{name} failed; the reason is above.")
        self._forget(name)

    def attend(self, *, until: Callable[[], bool]) -> None:
        """Show output until the condition holds, asked several times a second.

        Raises EndedError if a process or the servers end before, Stopped if somebody asked for that.
        """
        while not until():
            self._pump(TICK_SECONDS)
            if self._told_to_stop:
                raise Stopped
            dead = [name for name, child in self._children.items() if child.poll() is not None]
            if dead and not until():
                self._pump(0)  # Servers that end give up the lease first: then not the process is the cause.
                self._drain(dead[0])
                raise EndedError(
                    f"{dead[0]} has ended ({_how(self._children[dead[0]])}), so everything stops."
                )

    def stop(self) -> None:
        """No process is left: an orderly stop, a few seconds for it (none after another Ctrl-C), the end."""
        self._told_to_stop = False
        for child in self._children.values():
            # Only the first process of a group: it ends its workers in its own order.
            child.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self._any_alive() and time.monotonic() < deadline and not self._told_to_stop:
            self._pump(TICK_SECONDS)
        end_groups([child.pid for child in self._children.values()], grace=0)
        for name, child in list(self._children.items()):
            child.wait()
            self._forget(name)

    def say(self, name: str, line: str) -> None:
        """A line of our own beside the processes' output."""
        self._write(name, line.encode())

    def _watch_signals(self) -> None:
        receiver, sender = socket.socketpair()
        for end in (receiver, sender):
            end.setblocking(False)  # noqa: FBT003 -- the standard library's signature
        self._wakeup = (receiver, sender)
        signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(receiver, selectors.EVENT_READ, "signal")

    def _stop_soon(self, *_: object) -> None:
        self._told_to_stop = True

    def _any_alive(self) -> bool:
        return any(child.poll() is None for child in self._children.values())

    def _pump(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if key.data == "signal":
                self._wakeup[0].recv(4096)
            elif key.data == "lease":
                self._selector.unregister(key.fileobj)
                raise EndedError("The embedded servers have ended, so everything stops; their logs say why.")
            else:
                self._read(key.data)

    def _read(self, name: str) -> bool:
        """Show what the process has written; False at the end of its output."""
        pipe = _output_of(self._children[name])
        received = os.read(pipe.fileno(), 65536)
        if not received and pipe in self._selector.get_map():
            self._selector.unregister(pipe)
        lines = (self._unfinished_lines.pop(name, b"") + received).split(b"\n")
        for line in lines[:-1]:
            self._write(name, line)
        if lines[-1] and received:
            self._unfinished_lines[name] = lines[-1]
        elif lines[-1]:
            self._write(name, lines[-1])
        return bool(received)

    def _drain(self, name: str) -> None:
        """Show the last words of a process that has ended; its own children may still hold the pipe."""
        pipe = _output_of(self._children[name])
        os.set_blocking(pipe.fileno(), False)
        try:
            while self._read(name):
                pass
        except BlockingIOError:
            return

    def _forget(self, name: str) -> None:
        child = self._children.pop(name)
        pipe = _output_of(child)
        if pipe in self._selector.get_map():
            self._selector.unregister(pipe)
        pipe.close()
        self._lease.release(child.pid)

    def _write(self, name: str, line: bytes) -> None:
        prefix = f"{name:<{NAME_WIDTH}}| ".encode()
        if _has_colours():
            prefix = f"\033[{COLOURS.get(name, '37')}m".encode() + prefix + b"\033[0m"
        try:
            sys.stdout.buffer.write(prefix + line + b"\n")
            sys.stdout.buffer.flush()
        except OSError:  # nobody reads us any more
            self._told_to_stop = True


def _output_of(child: Child) -> IO[bytes]:
    if child.stdout is None:
        raise TypeError("started without a pipe")
    return child.stdout


def _how(child: Child) -> str:
    code = child.returncode
    return f"exit code {code}" if code >= 0 else f"signal {-code}"


def _has_colours() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
