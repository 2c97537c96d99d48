"""PostgreSQL and Valkey of a run's own, killed and started anew while the way to each stays the same."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import django
import psycopg
import redis

from marketplace.embedded import binaries, places
from marketplace.embedded.passwords import Passwords, passwords_in
from marketplace.embedded.places import Places
from marketplace.embedded.postgres import Postgres
from marketplace.embedded.processes import all_processes
from marketplace.embedded.profiles import DEFAULT, DISPOSABLE
from marketplace.embedded.valkey import Valkey
from tests import dumps
from tests.chaos.mail_sink import MailSink
from tests.chaos.proxy import Proxy
from tests.chaos.urls import place, through

# As `make run` starts them: they wait for the disk.
PROFILE = replace(DEFAULT, postgres={**DEFAULT.postgres, **DISPOSABLE})


@dataclass
class Servers:
    """The servers, and the ways to them."""

    postgres: Postgres
    valkey: Valkey
    passwords: Passwords
    mail: MailSink
    folder: Path
    to_postgres: Proxy = field(default_factory=lambda: Proxy(("127.0.0.1", 1)))
    to_valkey: Proxy = field(default_factory=lambda: Proxy(("127.0.0.1", 1)))

    def start_postgres(self) -> None:
        """It answers, once it has replayed its log."""
        self.postgres.start()
        self.to_postgres.lead_to(place(self.postgres.urls["DATABASE_URL"]))

    def start_valkey(self) -> None:
        """It answers."""
        self.valkey.start()
        self.to_valkey.lead_to(place(self.valkey.urls["REDIS_URL"]))

    def kill_postgres(self) -> None:
        """kill -9, all of its processes in the same moment."""
        if self.postgres.process is None or self.postgres.process.poll() is not None:
            return
        postmaster = self.postgres.process.pid
        os.kill(postmaster, signal.SIGSTOP)
        for pid in [*children_of(postmaster), postmaster]:
            os.kill(pid, signal.SIGKILL)
        self.postgres.process.wait()

    def kill_valkey(self) -> None:
        """kill -9."""
        if self.valkey.process is None:
            return
        self.valkey.process.kill()
        self.valkey.process.wait()

    @property
    def environment(self) -> dict[str, str]:
        """What the site's processes need to find all of it."""
        urls = {name: through(url, self.to_postgres) for name, url in self.postgres.urls.items()}
        redis = through(self.valkey.urls["REDIS_URL"], self.to_valkey)
        return {
            **urls,
            "REDIS_URL": redis,
            "CACHE_URL": f"{redis}/0",
            "BROKER_URL": f"{redis}/1",
            "MAIL_PORT": str(self.mail.port),
            "MEDIA_ROOT": str(self.folder / "media"),
        }

    def forget_everything(self) -> None:
        """FLUSHALL."""
        with redis.Redis.from_url(self.valkey.urls["REDIS_URL"]) as client:
            client.flushall()

    def execute(self, statements: str) -> None:
        """Runs statements as the role that owns the tables."""
        with psycopg.connect(self.postgres.urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
            owner.execute(statements.encode())

    def restore(self, schema: Path) -> None:
        """The database is what was dumped."""
        host, port = self.to_postgres.target
        dumps.restore(f"postgresql://postgres:{self.passwords.superuser}@{host}:{port}/marketplace", schema)


@contextmanager
def running(schema: Path) -> Iterator[Servers]:
    """Servers with the dumped database; Django is set up on them. One to a process, from its first thread."""
    home = Path(tempfile.mkdtemp(prefix="chaos-"))
    home.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        folder = places.places_of("chaos", home=home)
        passwords = passwords_in(folder.secrets)
        servers = stack.enter_context(_started(folder, passwords))
        servers.restore(schema)
        (home / "chaos" / "media").mkdir()
        os.environ.update(servers.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.chaos.settings"
        django.setup()
        yield servers


@contextmanager
def _started(folder: Places, passwords: Passwords) -> Iterator[Servers]:
    store = places.program_store()
    postgres = Postgres(PROFILE, folder, binaries.postgres_programs(store=store), passwords)
    valkey = Valkey(PROFILE, folder, binaries.valkey_program(store=store), passwords)
    with MailSink() as mail:
        servers = Servers(postgres, valkey, passwords, mail, folder.folder)
        with servers.to_postgres, servers.to_valkey:
            servers.start_postgres()
            servers.start_valkey()
            try:
                yield servers
            finally:
                servers.kill_postgres()
                servers.kill_valkey()


def children_of(parent: int) -> list[int]:
    """The processes whose parent this is."""
    return [each.pid for each in all_processes() if each.parent == parent]
