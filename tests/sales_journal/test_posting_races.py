"""Many posting to one county at once: first that there is a race, then that posting has none."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import OperationalError, transaction
from django.db.models import F

from marketplace.sales_journal import services
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import JournalLine
from marketplace.sales_journal.models import DailyTotal, MonthlyTotal, SalesEvent
from tests.factories.sales_journal import VILLAGE, at, journal_line, posted
from tests.threads import PATIENCE_SECONDS, run_together, wait_until_waiting

pytestmark = pytest.mark.usefixtures("race_database")
NOON = at(2020, 3, 3)
WRITERS, ROUNDS = 6, 15
VILLAGES = [f"4452241002{number:02}" for number in range(8)]


def test_reading_then_writing_loses_a_sale() -> None:
    """What the roll-ups would be without SET x = x + excluded.x."""
    posted(key="first", event_at=NOON)
    both_have_read = Barrier(2)

    def add() -> None:
        with transaction.atomic():
            total = MonthlyTotal.objects.get()
            both_have_read.wait(PATIENCE_SECONDS)
            MonthlyTotal.objects.update(accepted_fen=total.accepted_fen + 100)

    run_together([add, add])
    assert MonthlyTotal.objects.get().accepted_fen == 10_100


def meet(add: Callable[[list[str]], object]) -> list[str]:
    """What becomes of two who add to the same two villages in opposite order.

    A third one holds the second village until both wait, the one who begins with it first in the queue.
    """
    first, second = VILLAGES[:2]
    posted(Kind.ACCEPTED, *lines_of([first, second]), key="first", event_at=NOON)
    held, queued = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            # Locked, not changed: behind a new version of the row the queue would not keep its order.
            DailyTotal.objects.select_for_update().get(village_code=second)
            held.set()
            wait_until_waiting(1)
            queued.set()
            wait_until_waiting(2)

    def backwards() -> None:
        held.wait(PATIENCE_SECONDS)
        add([second, first])

    def forwards() -> None:
        queued.wait(PATIENCE_SECONDS)
        add([first, second])

    return run_together([partial(outcome, each) for each in (hold, backwards, forwards)])


def lines_of(villages: list[str]) -> list[JournalLine]:
    return [journal_line(village, 100, line_key=village) for village in villages]


def test_adding_in_the_order_of_the_lines_waits_in_a_circle() -> None:
    def add(villages: list[str]) -> None:
        with transaction.atomic():
            for village in villages:
                DailyTotal.objects.filter(village_code=village).update(accepted_fen=F("accepted_fen") + 100)

    assert sorted(meet(add)) == ["OperationalError", "done", "done"]


def test_posting_adds_in_the_order_of_the_keys_and_never_waits_in_a_circle() -> None:
    def add(villages: list[str]) -> None:
        posted(Kind.ACCEPTED, *lines_of(villages), key=villages[0], event_at=NOON)

    assert meet(add) == ["done", "done", "done"]
    assert list(DailyTotal.objects.values_list("accepted_fen", flat=True)) == [300, 300]


def post_rounds(writer: int) -> None:
    for number in range(ROUNDS):
        turn = writer + number
        villages = VILLAGES[turn % 8 :] + VILLAGES[: turn % 8]
        posted(Kind.ACCEPTED, *lines_of(villages), key=f"{writer}:{number}", event_at=NOON)


def test_posting_to_one_county_at_once_loses_nothing() -> None:
    run_together([partial(post_rounds, writer) for writer in range(WRITERS)])
    per_village = WRITERS * ROUNDS * 100
    assert list(DailyTotal.objects.values_list("accepted_fen", flat=True)) == [per_village] * 8
    assert MonthlyTotal.objects.get(county_code=VILLAGE[:6]).accepted_fen == 8 * per_village
    assert SalesEvent.objects.count() == WRITERS * ROUNDS


def outcome(action: Callable[[], object]) -> str:
    try:
        action()
    except (services.AlreadyPosted, OperationalError) as error:
        return type(error).__name__
    return "done"


def test_one_key_posted_by_many_at_once_counts_once() -> None:
    post = partial(posted, Kind.ACCEPTED, key="accepted:order:12", event_at=NOON)
    outcomes = run_together([partial(outcome, post) for _ in range(WRITERS)])
    assert sorted(outcomes) == ["AlreadyPosted"] * (WRITERS - 1) + ["done"]
    assert MonthlyTotal.objects.get().accepted_fen == 10_000
