"""Which processes count as running."""

import subprocess

import pytest

from marketplace.embedded.processes import HAS_PROC, end_groups, group_is_alive, wait_until


@pytest.mark.skipif(not HAS_PROC, reason="only /proc tells who has ended and is yet to be collected")
def test_a_group_whose_processes_have_ended_is_not_alive_before_somebody_collects_them() -> None:
    with subprocess.Popen(["true"], start_new_session=True) as ended:
        assert wait_until(lambda: not group_is_alive(ended.pid), seconds=10)
        assert ended.returncode is None  # nobody has asked yet


def test_a_group_is_alive_as_long_as_one_of_its_processes_runs() -> None:
    script = "trap '' TERM; sleep 600 & echo here; exec true"
    with subprocess.Popen(["sh", "-c", script], start_new_session=True, stdout=subprocess.PIPE) as first:
        first.wait()
        assert group_is_alive(first.pid)
        end_groups([first.pid], grace=0)
        assert wait_until(lambda: not group_is_alive(first.pid), seconds=10)
