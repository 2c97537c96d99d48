"""The servers' log files and what they tell about a failure."""

from pathlib import Path

LARGEST_LOG_BYTES = 5_000_000
ADDRESS_IN_USE = "Address already in use"

_REMEDIES = (
    (
        ("No space left on device", "Disk quota exceeded"),
        "The disk is full. Make room in {folder} and try again; no stored data was lost.",
    ),
    (
        ("Permission denied", "Operation not permitted", "Read-only file system"),
        (
            "Files in {folder} cannot be read or written. "
            "Give the folder back to the user who runs this, or delete it."
        ),
    ),
    (
        ("pre-existing shared memory block", "Is another postmaster", "lock file"),
        "Another PostgreSQL is using {folder}. Stop it and try again.",
    ),
    (
        ("invalid locale name",),
        "This machine has no locale C.UTF-8. Install it (Debian: apt install locales) and try again.",
    ),
    (
        ("could not create shared memory segment", "Cannot allocate memory"),
        "There is not enough memory. Stop other programs and try again.",
    ),
)


def trim(log: Path) -> None:
    """Begin a log anew once it has grown too large."""
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.write_bytes(b"")


def size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def written_since(log: Path, offset: int) -> str:
    """What was logged after the offset in bytes."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(offset)
        return file.read().decode(errors="replace")


def explain(what: str, said: str, *, folder: Path) -> str:
    """A message of three parts: what failed, what to do, and the last lines of what the program said."""
    remedies = (remedy for signs, remedy in _REMEDIES if any(sign in said for sign in signs))
    remedy = next(remedies, "What it said is below.").format(folder=folder)
    last_lines = "\n".join(f"    {line}" for line in said.strip().splitlines()[-6:])
    return f"{what}. {remedy}\n{last_lines}".rstrip()


def explain_os_error(error: OSError, *, folder: Path) -> str:
    """The message for a failure of the operating system under the data folder."""
    what = "The embedded servers could not be prepared"
    said = f"{error.strerror or error}: {error.filename or folder}"
    return explain(what, said, folder=folder)
