"""The two ways in which the embedded servers run."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """What distinguishes one set of servers from another; each has its own data folder."""

    name: str
    initdb: tuple[str, ...]
    postgres: Mapping[str, str]
    valkey: Mapping[str, str]


# Nothing acknowledged is lost, not even by a power cut: PostgreSQL's defaults, Valkey's append-only file.
DEFAULT = Profile(
    name="default",
    initdb=(),
    postgres={"max_connections": "100"},
    valkey={"appendonly": "yes", "appendfsync": "always"},
)

# What a killed server shared stays behind; here it lies in the data folder and is deleted with it.
DISPOSABLE = {"dynamic_shared_memory_type": "mmap"}

# Data that nobody misses: nothing waits for the disk, and nobody guesses a password that lives for a run.
TEST = Profile(
    name="test",
    initdb=("--no-sync",),
    postgres={
        "max_connections": "200",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "scram_iterations": "1",  # with PostgreSQL's 4,096 a connection takes 12 ms: tests open thousands
        **DISPOSABLE,
    },
    valkey={"appendonly": "no"},
)

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (DEFAULT, TEST)}
