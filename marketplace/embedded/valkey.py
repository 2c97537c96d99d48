"""The embedded Valkey."""

import os
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.embedded import logs, processes
from marketplace.embedded.errors import ServersError
from marketplace.embedded.passwords import Passwords
from marketplace.embedded.places import Account, Places, server_account
from marketplace.embedded.ports import LOOPBACK, free_port
from marketplace.embedded.profiles import Profile

if TYPE_CHECKING:
    import subprocess

START_SECONDS = 60.0


class Valkey:
    """One Valkey server on one data folder, at a new free port with each start."""

    def __init__(self, profile: Profile, places: Places, program: Path, passwords: Passwords) -> None:
        self._profile = profile
        self._places = places
        self._program = program
        self._password = passwords.valkey
        self._port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def urls(self) -> dict[str, str]:
        """The environment variable by which the application finds this server; it names no database."""
        return {"REDIS_URL": f"redis://:{self._password}@{LOOPBACK}:{self._port}"}

    def start(self) -> None:
        """The server answers.

        Raises ServersError if it does not, with what it said.
        """
        account = self._ensure_folder()
        logs.trim(self._log)
        for _ in range(3):
            said = self._start_once(account)
            if said is None:
                return
            if logs.ADDRESS_IN_USE not in said:
                break
        raise ServersError(logs.explain("Valkey did not start", said or "", folder=self._places.valkey))

    def request_stop(self, *, at_once: bool) -> None:
        """Orderly, or at once: what it acknowledged is in its append-only file either way."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if at_once else signal.SIGTERM)

    @property
    def _log(self) -> Path:
        return self._places.log("valkey")

    def _ensure_folder(self) -> Account | None:
        account = server_account(self._places.valkey)
        if not self._places.valkey.exists():
            self._places.valkey.mkdir(mode=0o700)
            if account:
                os.chown(self._places.valkey, account.uid, account.gid)
        return account

    def _start_once(self, account: Account | None) -> str | None:
        """None if the server answers, else what it said."""
        offset = logs.size(self._log)
        self._port = free_port()
        self.process = processes.start_server(
            [self._program, "-"],
            account=account,
            log=self._log,
            death_signal=signal.SIGTERM,
            stdin=self._configuration().encode(),
        )
        processes.wait_until(lambda: self._answers() or self._has_ended(), seconds=START_SECONDS)
        if self._answers():
            return None
        self.request_stop(at_once=True)
        self.process.wait()
        return logs.written_since(self._log, offset)

    def _configuration(self) -> str:
        """Given on standard input, so that the password shows neither in a file nor among the processes."""
        settings = {
            "bind": LOOPBACK,
            "port": str(self._port),
            "requirepass": self._password,
            "dir": f'"{self._places.valkey}"',
            "save": '""',
            "daemonize": "no",
            **self._profile.valkey,
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def _answers(self) -> bool:
        """It is our server, for it knows the password, and its data are loaded."""
        try:
            with socket.create_connection((LOOPBACK, self._port), timeout=1) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as answer:
                    return answer.readline() == b"+OK\r\n" and answer.readline() == b"+PONG\r\n"
        except OSError:
            return False

    def _has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None
