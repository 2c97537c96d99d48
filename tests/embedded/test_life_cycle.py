"""The embedded servers live exactly as long as somebody needs them, and lose nothing."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from marketplace.embedded.places import server_account
from marketplace.embedded.processes import group_is_alive, wait_until
from tests.embedded.holders import (
    ALLOWED_SECONDS,
    Holder,
    all_gone,
    cut_power,
    files_left,
    keeper_of,
    processes_of,
)

WRITE_FOREVER = """
import itertools, psycopg, redis
with psycopg.connect(held.urls["DATABASE_OWNER_URL"], autocommit=True) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS fact (number int PRIMARY KEY)")
    client = redis.Redis.from_url(held.urls["REDIS_URL"])
    for number in itertools.count():
        connection.execute("INSERT INTO fact VALUES (%s)", [number])
        client.set("last", number)
        print(number, flush=True)
"""


def _refuses(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname or "", parts.port or 0)) != 0


def test_a_lease_gives_both_servers_and_its_end_takes_them_away(empty_home: Path) -> None:
    with Holder(empty_home) as holder:
        urls = holder.urls()
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("marketplace_app",)
        with redis.Redis.from_url(urls["REDIS_URL"]) as client:
            assert client.ping() is True
        holder.let_go()
        assert processes_of(empty_home) == {}
        assert [_refuses(url) for url in urls.values()] == [True, True, True]
        assert files_left(empty_home) == set()


def test_a_second_holder_finds_the_running_servers(home: Path) -> None:
    with Holder(home) as first, Holder(home) as second:
        assert first.urls() == second.urls()


def test_those_who_start_at_once_share_one_keeper(empty_home: Path) -> None:
    with (
        Holder(empty_home) as one,
        Holder(empty_home) as two,
        Holder(empty_home) as three,
        Holder(empty_home) as four,
    ):
        assert one.urls() == two.urls() == three.urls() == four.urls()
        assert keeper_of(empty_home)


def test_the_servers_stay_until_the_last_of_two_holders_lets_go(home: Path) -> None:
    with Holder(home) as first, Holder(home) as second:
        urls = first.urls()
        second.urls()
        first.let_go()
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        second.let_go()
        assert all_gone(home, seconds=1)


def test_a_start_right_after_the_end_gets_servers(home: Path) -> None:
    with Holder(home) as first:
        first.urls()
        first.kill()
        with Holder(home) as second:
            assert not _refuses(second.urls()["DATABASE_URL"])


@pytest.mark.parametrize("victim", ["holder", "keeper"])
def test_a_kill_leaves_nothing_behind_and_loses_nothing_acknowledged(home: Path, victim: str) -> None:
    with Holder(home, profile="default", code=WRITE_FOREVER) as writer:
        writer.urls()
        acknowledged = [int(writer.line()) for _ in range(50)]
        if victim == "keeper":
            os.kill(keeper_of(home), signal.SIGKILL)
        else:
            writer.kill()
        assert all_gone(home, seconds=ALLOWED_SECONDS)
        acknowledged += [int(line) for line in writer.lines_so_far()]
    with Holder(home, profile="default") as reader:
        urls = reader.urls()
        with psycopg.connect(urls["DATABASE_OWNER_URL"]) as connection:
            rows = connection.execute("SELECT number FROM fact ORDER BY number").fetchall()
        with redis.Redis.from_url(urls["REDIS_URL"]) as client:
            last = int(str(client.get("last"), "ascii"))
        reader.let_go()
    assert [number for (number,) in rows][: len(acknowledged)] == acknowledged
    assert last >= acknowledged[-1]
    assert files_left(home, "default") == set()


def test_a_killed_holder_leaves_no_socket_pid_or_lock_file(home: Path) -> None:
    with Holder(home) as holder:
        holder.urls()
        holder.kill()
        assert all_gone(home)
        assert files_left(home) == set()


def test_a_keeper_that_is_told_to_stop_stops_everything(home: Path) -> None:
    with Holder(home) as holder:
        holder.urls()
        os.kill(keeper_of(home), signal.SIGTERM)
        assert all_gone(home)
        assert files_left(home) == set()


def test_a_dead_postgres_takes_the_rest_along(home: Path) -> None:
    with Holder(home) as holder:
        holder.urls()
        [postmaster] = [pid for pid, command in processes_of(home).items() if "/bin/postgres " in command]
        os.kill(postmaster, signal.SIGKILL)
        assert all_gone(home)


def test_two_data_folders_run_side_by_side(empty_home: Path) -> None:
    with Holder(empty_home / "one") as first, Holder(empty_home / "two") as second:
        ours, theirs = first.urls(), second.urls()
        assert all(ours[name] != theirs[name] for name in ours)
        with psycopg.connect(ours["DATABASE_OWNER_URL"]) as connection:
            connection.execute("CREATE TABLE only_here ()")
        with psycopg.connect(theirs["DATABASE_OWNER_URL"]) as connection:
            assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)


def test_the_folder_may_lie_deeper_than_a_socket_path_may_be_long(empty_home: Path) -> None:
    deep = empty_home / ("d" * 120)
    deep.mkdir(mode=0o755)
    with Holder(deep) as holder, Holder(deep) as another:
        assert holder.urls() == another.urls()


STUBBORN = """
import subprocess
group = subprocess.Popen(["sh", "-c", "trap '' TERM; echo; sleep 600 & sleep 600"], start_new_session=True,
                         stdout=subprocess.PIPE)
group.stdout.readline()
held.guard(group.pid)
print(group.pid, flush=True)
"""


def test_a_guarded_process_group_ends_with_a_killed_holder(home: Path) -> None:
    with Holder(home, code=STUBBORN) as holder:
        holder.urls()
        group = int(holder.line())
        assert group_is_alive(group)
        holder.kill()
        assert wait_until(lambda: not _has_members(group) and not processes_of(home), seconds=ALLOWED_SECONDS)


def test_a_released_process_group_is_left_alone(home: Path) -> None:
    with Holder(home, code=f"{STUBBORN}held.release(group.pid); print(flush=True)") as holder:
        holder.urls()
        group = int(holder.line())
        holder.line()
        holder.kill()
        assert all_gone(home)
        assert _has_members(group)
        os.killpg(group, signal.SIGKILL)


def _has_members(group: int) -> bool:
    """Whether the group has a process that is more than a zombie nobody has waited for yet."""
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return any(int(line.split()[0]) == group and "Z" not in line.split()[1] for line in listed)


def test_files_of_a_power_cut_do_not_hinder_the_next_start(home: Path) -> None:
    with Holder(home) as holder:
        holder.urls()
        cut_power(home)
    assert files_left(home) == {"keeper.sock", "postmaster.pid"}
    with Holder(home) as holder:
        assert not _refuses(holder.urls()["DATABASE_URL"])


def test_a_pid_file_whose_number_a_stranger_has_now_does_not_hinder_the_next_start(home: Path) -> None:
    with Holder(home) as holder:
        holder.urls()
        cut_power(home)
    data = home / "test" / "postgres"
    account = server_account(data)
    # PostgreSQL refuses to start if its own user has a process of that number, whatever process it is.
    stranger = subprocess.Popen(["sleep", "600"], user=account.uid if account else None)
    pid_file = data / "postmaster.pid"
    _, rest = pid_file.read_text().split("\n", 1)
    pid_file.write_text(f"{stranger.pid}\n{rest}")
    with Holder(home) as holder:
        assert not _refuses(holder.urls()["DATABASE_URL"])
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_second_start_takes_no_more_than_a_few_seconds(home: Path) -> None:
    begun = time.monotonic()
    with Holder(home) as holder:
        holder.urls()
        holder.let_go()
    assert time.monotonic() - begun < ALLOWED_SECONDS
