"""Where the embedded servers live on disk, and as whom they run."""

import fcntl
import hashlib
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

# The kernel's limit for the path of a Unix socket is 108 bytes (104 on macOS) with the closing zero.
SOCKET_PATH_LIMIT = 103


@dataclass(frozen=True)
class Account:
    """A user of the operating system that a server runs as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The folder of one profile and what lies in it."""

    folder: Path

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def valkey(self) -> Path:
        return self.folder / "valkey"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets.json"

    @property
    def socket(self) -> Path:
        return self.folder / "keeper.sock"

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def default_home() -> Path:
    """The folder of this clone's servers.

    As root it lies outside the project, because PostgreSQL refuses root and an unprivileged user cannot enter
    a project under a folder with mode 0700. The hash keeps two clones apart.
    """
    if os.geteuid() != 0:
        return PROJECT / "var" / "embedded"
    digest = hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:12]
    return Path("/var/lib") / f"consumption-marketplace-{digest}"


def places_of(profile_name: str, *, home: Path | None = None) -> Places:
    """The places of a profile, its folder made if absent."""
    root = home or default_home()
    places = Places(root / profile_name)
    places.folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        # Whatever the umask: the servers' user passes through these two; secrets have modes of their own.
        root.chmod(0o755)
        places.folder.chmod(0o755)
    return places


def server_account(data_folder: Path) -> Account | None:
    """The unprivileged user that servers run as when we are root; None: as ourselves.

    An existing data folder keeps its owner, also when a user `postgres` appeared since it was made.
    """
    if os.geteuid() != 0:
        return None
    if data_folder.exists() and data_folder.stat().st_uid != 0:
        owner = data_folder.stat()
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def hold(folder: Path) -> int | None:
    """A file descriptor that holds the folder for one keeper, or None if another holds it.

    The lock is on the folder itself: no lock file can be left over, and the kernel frees it whatever happens.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def socket_address(places: Places) -> Iterator[str]:
    """A name of the keeper's socket that is short enough for the kernel, however deep the folder lies."""
    if len(os.fsencode(places.socket)) <= SOCKET_PATH_LIMIT or not os.path.isdir("/proc/self/fd"):
        yield str(places.socket)
        return
    descriptor = os.open(places.folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{places.socket.name}"
    finally:
        os.close(descriptor)


def program_store() -> Path:
    """Where programs are copied to for the servers' user; used as root only."""
    store = default_home() / "programs"
    if os.geteuid() == 0:
        store.mkdir(parents=True, exist_ok=True)
        for folder in (store.parent, store):
            folder.chmod(0o755)
    return store
