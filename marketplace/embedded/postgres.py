"""The embedded PostgreSQL: its cluster, its life, its roles and database."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from marketplace.embedded import binaries, logs, processes
from marketplace.embedded.errors import ServersError
from marketplace.embedded.passwords import Passwords
from marketplace.embedded.places import Account, Places, server_account
from marketplace.embedded.ports import LOOPBACK, free_port
from marketplace.embedded.profiles import Profile

SUPERUSER = "postgres"
DATABASE = "marketplace"
PROVISIONING = Path(__file__).with_name("provision.sql")

START_SECONDS = 120.0  # replaying the log after a power cut may take a while
ORPHAN_SECONDS = 5.0
# The first number that Linux never gives to a process (PID_MAX_LIMIT).
NOBODYS_PID = 4_194_304


class Postgres:
    """One PostgreSQL server on one data folder, at a new free port with each start."""

    def __init__(self, profile: Profile, places: Places, programs: Path, passwords: Passwords) -> None:
        self._profile = profile
        self._places = places
        self._programs = programs
        self._passwords = passwords
        self._port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def urls(self) -> dict[str, str]:
        """The environment variables by which the application finds this server."""
        return {
            "DATABASE_URL": self._url("marketplace_app", self._passwords.app),
            "DATABASE_OWNER_URL": self._url("marketplace_owner", self._passwords.owner),
        }

    def start(self) -> None:
        """The server accepts connections and has its roles and database.

        Raises ServersError if the data folder is occupied, foreign, too new or too old, or the disk is full.
        """
        self._ensure_cluster()
        self._ensure_unoccupied()
        logs.trim(self._log)
        for _ in range(3):
            said = self._start_once()
            if said is None:
                self._provision()
                return
            if logs.ADDRESS_IN_USE not in said:
                break
        raise ServersError(logs.explain("PostgreSQL did not start", said or "", folder=self._data))

    def request_stop(self, *, at_once: bool) -> None:
        """Fast shutdown with a checkpoint, or at once: then the next start replays the log."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)

    @property
    def _data(self) -> Path:
        return self._places.postgres

    @property
    def _log(self) -> Path:
        return self._places.log("postgres")

    @property
    def _account(self) -> Account | None:
        return server_account(self._data)

    def _url(self, role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@{LOOPBACK}:{self._port}/{DATABASE}"

    def _ensure_cluster(self) -> None:
        if not self._data.exists():
            self._make_cluster()
            return
        version_file = self._data / "PG_VERSION"
        if not version_file.is_file():
            raise ServersError(
                f"{self._data} is not a PostgreSQL data folder. "
                f"Move what is in it elsewhere, delete it, and try again."
            )
        made_by, ours = version_file.read_text().strip(), binaries.major_version(self._programs)
        if made_by != str(ours):
            raise ServersError(
                f"{self._data} was made by PostgreSQL {made_by}, but PostgreSQL {ours} is installed. "
                f"Dump it with the old version and restore it, "
                f"or, if you need nothing in it, delete {self._places.folder}."
            )

    def _make_cluster(self) -> None:
        """A whole data folder or none: initdb works on a draft, which a rename makes real."""
        draft = self._data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        account = self._account
        if account:
            os.chown(draft, account.uid, account.gid)
        done = self._initdb(draft, account)
        if done.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            what, said = "PostgreSQL could not make its data folder", done.stdout + done.stderr
            raise ServersError(logs.explain(what, said, folder=self._places.folder))
        draft.rename(self._data)

    def _initdb(self, draft: Path, account: Account | None) -> subprocess.CompletedProcess[str]:
        with tempfile.NamedTemporaryFile("w", dir=self._places.folder) as password_file:
            password_file.write(self._passwords.superuser)
            password_file.flush()
            if account:
                os.chown(password_file.name, account.uid, account.gid)
            return processes.run_tool(
                [
                    self._programs / "initdb",
                    f"--pgdata={draft}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={password_file.name}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-instructions",
                    *self._profile.initdb,
                ],
                account=account,
            )

    def _ensure_unoccupied(self) -> None:
        """No other postmaster is on the folder; one whose keeper was killed gets a moment to end."""
        if processes.wait_until(lambda: self._postmaster_on_folder() is None, seconds=ORPHAN_SECONDS):
            return
        raise ServersError(
            f"Another PostgreSQL (process {self._postmaster_on_folder()}) is using {self._data}. "
            f"Stop it (kill {self._postmaster_on_folder()}) and try again."
        )

    def _postmaster_on_folder(self) -> int | None:
        """The living postmaster that postmaster.pid names, if it is one.

        After a power cut its number may belong to an unrelated process, or to a dead one that nobody has
        waited for yet, and PostgreSQL would refuse to start. The file is then given a number that nobody has;
        its shared-memory key stays, by which PostgreSQL notices backends that are still alive.
        """
        pid_file = self._data / "postmaster.pid"
        try:
            first, rest = pid_file.read_text().split("\n", 1)
            pid = int(first)
        except (FileNotFoundError, ValueError):
            return None
        if not processes.HAS_PROC or _working_folder(pid) == self._data.resolve():
            return pid if processes.is_alive(pid) else None
        pid_file.write_text(f"{NOBODYS_PID}\n{rest}")
        return None

    def _start_once(self) -> str | None:
        """None if the server accepts connections, else what it said."""
        offset = logs.size(self._log)
        self._port = free_port()
        self.process = processes.start_server(
            [self._programs / "postgres", "-D", self._data, *self._settings()],
            account=self._account,
            log=self._log,
            death_signal=signal.SIGQUIT,
        )
        processes.wait_until(lambda: self._is_ready() or self._has_ended(), seconds=START_SECONDS)
        if self._is_ready():
            return None
        self.request_stop(at_once=True)
        self.process.wait()
        return logs.written_since(self._log, offset)

    def _settings(self) -> list[str]:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(self._port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self._profile.postgres,
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _is_ready(self) -> bool:
        """The eighth line of postmaster.pid says so, as pg_ctl reads it."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        ours = self.process is not None and lines[:1] == [str(self.process.pid)]
        return ours and len(lines) >= 8 and lines[7].strip() == "ready"

    def _has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _provision(self) -> None:
        # template1 too, so that every test database made from it has the extensions and the grants.
        for database in ("template1", DATABASE):
            done = processes.run_tool(
                [
                    self._programs / "psql",
                    "--no-psqlrc",
                    "--quiet",
                    f"--host={LOOPBACK}",
                    f"--port={self._port}",
                    f"--username={SUPERUSER}",
                    "--dbname=postgres",
                    f"--set=database={database}",
                    "--file=-",
                ],
                stdin=PROVISIONING.read_text(),
                secrets={
                    "PGPASSWORD": self._passwords.superuser,
                    "PGPASSFILE": os.devnull,
                    "OWNER_PASSWORD": self._passwords.owner,
                    "APP_PASSWORD": self._passwords.app,
                },
            )
            if done.returncode != 0:
                raise ServersError(
                    logs.explain("PostgreSQL could not be prepared", done.stderr, folder=self._places.folder)
                )


def _working_folder(pid: int) -> Path | None:
    """Where the process works, which for a postmaster is its data folder; None if it is dead or not ours."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None
