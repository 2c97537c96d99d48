"""What still works when a part is away or slow, and that it heals by itself."""

from collections.abc import Iterator

import pytest

from marketplace.embedded.processes import wait_until
from marketplace.settings.celery import CELERY_BEAT_SCHEDULE
from tests.chaos import failures, tasks
from tests.chaos.failures import FAILURES, Scene
from tests.chaos.site import ROOT

pytestmark = pytest.mark.slow
HEAL_SECONDS = 30
TASK_SECONDS = 10


@pytest.fixture(scope="module")
def scene(race_database_of_module: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The site with a worker and a beat, looked at once so that all is loaded."""
    with failures.scene(tmp_path_factory.mktemp("site")) as made:
        failures.walk(made)
        assert failures.surprises("", failures.walk(made)) == {}
        yield made


@pytest.mark.parametrize(("dependency", "how"), FAILURES)
def test_every_part_answers_in_time_and_heals(scene: Scene, dependency: str, how: str) -> None:
    scene.fail(dependency, how)
    try:
        work = scene.work.begin()
        answers = failures.walk(scene)
        held_up = tasks.held_up(dependency, work, TASK_SECONDS, hasten=True)
    finally:
        scene.mend(dependency)
    assert failures.surprises(dependency, answers) == {}
    assert held_up == set(), scene.worker_said()
    assert failures.surprises("", failures.walk(scene)) == {}
    # Mails that have failed rest first: the test below looks after them.
    others = tasks.TASKS.keys() - {tasks.RELAY}
    assert tasks.undone(work, others, HEAL_SECONDS, hasten=True) == set(), scene.worker_said()


def test_nothing_that_was_to_leave_meanwhile_is_lost_or_doubled(scene: Scene) -> None:
    assert wait_until(lambda: failures.waiting_messages() == 0, seconds=HEAL_SECONDS), scene.worker_said()
    # By number: a way that is cut just before the server's last word has a mail sent again.
    assert len(scene.mail.accepted) == failures.delivered_mails() > 0


def test_the_document_shows_the_tables_that_are_tested() -> None:
    document = (ROOT / "docs" / "failures.md").read_text(encoding="utf-8")
    assert failures.table() in document
    assert tasks.table(failures.DEPENDENCIES) in document


def test_every_task_of_the_beat_has_its_row() -> None:
    assert list(tasks.TASKS) == list(CELERY_BEAT_SCHEDULE)
