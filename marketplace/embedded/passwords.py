"""The passwords of the embedded servers: random, made once, readable only by their owner."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from marketplace.embedded.errors import ServersError


@dataclass(frozen=True)
class Passwords:
    """One password for each role, and one for Valkey; safe in a URL."""

    superuser: str
    owner: str
    app: str
    valkey: str


def passwords_in(path: Path) -> Passwords:
    """The passwords of this data folder, made if it has none yet."""
    try:
        return Passwords(**json.loads(path.read_text()))
    except FileNotFoundError:
        return _new_passwords(path)
    except (ValueError, TypeError) as error:
        raise ServersError(
            f"{path} is damaged. Put it back from a backup, or delete {path.parent}."
        ) from error


def _new_passwords(path: Path) -> Passwords:
    made = Passwords(*(secrets.token_urlsafe(24) for _ in range(4)))
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(made), file)
        file.flush()
        os.fsync(descriptor)
    draft.rename(path)
    return made
