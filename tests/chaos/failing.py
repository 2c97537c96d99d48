"""R6: the tables of docs/failures.md, on servers of the run's own: … failing FILE.

Beside what a proxy does to a way, PostgreSQL itself hangs (SIGSTOP) and is started anew: the site heals.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.embedded.processes import wait_until
from tests.chaos import servers
from tests.chaos.orders import say
from tests.chaos.servers import Servers

if TYPE_CHECKING:
    from tests.chaos.failures import Scene
    from tests.chaos.tasks import Done

HEAL_SECONDS = 60.0
# The beat of a run comes every five seconds.
BEAT_ROUNDS_SECONDS = 15.0


@dataclass
class Counts:
    """What a run found; surprises, not healed and lost mails must be 0."""

    failures: int
    answers: int
    tasks: int
    mails: int
    surprises: int
    not_healed: int
    mails_lost: int
    mails_sent_again: int

    @property
    def is_clean(self) -> bool:
        """Whether every part and task did what the tables say, and everything healed."""
        return (self.surprises, self.not_healed, self.mails_lost) == (0, 0, 0)


def run(schema: Path) -> Counts:
    """Each failure once, and PostgreSQL stopped and restarted."""
    with ExitStack() as stack:
        own = stack.enter_context(servers.running(schema))
        # Only now: they import models.
        from tests.chaos import failures, tasks

        (own.folder / "site").mkdir()
        scene = stack.enter_context(failures.scene(own.folder / "site"))
        failures.walk(scene)
        counts = Counts(0, 0, 0, 0, 0, 0, 0, 0)
        for dependency, how in failures.FAILURES:
            scene.fail(dependency, how)
            work = scene.work.begin()
            look(counts, scene, dependency, how)
            counts.surprises += len(waits(tasks.held_up(dependency, work, BEAT_ROUNDS_SECONDS, hasten=False)))
            scene.mend(dependency)
            look(counts, scene, "", f"{dependency} is back")
            finish(counts, work)
        hang_and_restart(own, counts, scene)
        finish(counts, scene.work.begin())
        wait_until(lambda: failures.waiting_messages() == 0, seconds=HEAL_SECONDS)
        accepted = scene.mail.accepted
        counts.mails = len(accepted)
        counts.mails_lost = failures.waiting_messages() + failures.delivered_mails() - len(accepted)
        counts.mails_sent_again = sum(accepted.values()) - len(accepted)
        return counts


def finish(counts: Counts, work: Mapping[str, Done]) -> None:
    """All is back: what has waited is done, by the beat alone."""
    from tests.chaos import failures, tasks

    failures.waiting_messages()  # none rests any longer
    counts.tasks += len(work)
    counts.not_healed += len(waits(tasks.undone(work, work, HEAL_SECONDS, hasten=False)))


def waits(tasks: set[str]) -> set[str]:
    """The tasks, told."""
    if tasks:
        say(f"still waiting: {', '.join(sorted(tasks))}")
    return tasks


def hang_and_restart(own: Servers, counts: Counts, scene: Scene) -> None:
    """PostgreSQL hangs, goes on, is killed and started anew; the site's processes stay."""
    from django.db import connection

    from tests.chaos.failures import DATABASE

    assert own.postgres.process is not None
    postmaster = own.postgres.process.pid
    everyone = [postmaster, *servers.children_of(postmaster)]
    for number, sign in ((signal.SIGSTOP, "hangs"), (signal.SIGCONT, "goes on")):
        for pid in everyone:
            os.kill(pid, number)
        look(counts, scene, DATABASE if number == signal.SIGSTOP else "", f"PostgreSQL {sign}")
    own.kill_postgres()
    look(counts, scene, DATABASE, "PostgreSQL is killed")
    own.start_postgres()
    connection.close()
    look(counts, scene, "", "PostgreSQL is started anew")


def look(counts: Counts, scene: Scene, dependency: str, words: str) -> None:
    """Every part is asked; what is not as the table says is counted and told."""
    from tests.chaos import failures

    answers = failures.walk(scene)
    found = failures.surprises(dependency, answers)
    counts.answers += len(answers)
    if dependency:
        counts.failures += 1
        counts.surprises += len(found)
    else:
        counts.not_healed += len(found)
    say(f"{dependency or 'mended'}, {words}: {found or 'as the table says'}")


if __name__ == "__main__":
    json.dump(asdict(run(Path(sys.argv[1]))), sys.stdout)
