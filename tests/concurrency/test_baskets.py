"""One person puts goods in from several windows at once: one basket, and nothing that was put in is lost."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.basket.models import Basket, Line
from marketplace.institutions.models import Institution
from marketplace.procurement.models import RequestLine
from marketplace.procurement.services import requests
from tests.factories import trade
from tests.threads import PATIENCE_SECONDS, run_together, waiting_for_locks

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
WINDOWS = 6

pytestmark = pytest.mark.usefixtures("race_database")


@pytest.mark.parametrize("is_for_school", [True, False])
def test_six_windows_fill_one_basket_and_each_finds_its_line(is_for_school: bool) -> None:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    records = [trade.goods(farm, NOW, title=f"笋 {each}") for each in range(WINDOWS)]
    who = {"user": school.requester, "institution": school.institution if is_for_school else None}
    put = [
        partial(baskets.set_quantities, **who, quantities={record.pk: 10 + place, records[0].pk: 7}, now=NOW)
        for place, record in enumerate(records)
        if place
    ]
    assert len({basket.pk for basket in run_together(put)}) == 1
    assert Basket.objects.count() == 1
    found = dict(Line.objects.values_list("stockrecord", "quantity"))
    assert found == {records[0].pk: 7} | {each.pk: 10 + n for n, each in enumerate(records) if n}


def only_looked_up(user: User, institution: Institution | None) -> Basket:
    """The basket as it is found without waiting for whoever has it."""
    return Basket.objects.get_or_create(owner=user, institution=institution, status=Basket.OPEN)[0]


@dataclass(frozen=True)
class Basketful:
    """Who has 300 units of the first of two kinds in the basket."""

    who: dict[str, Any]
    first: StockRecord
    second: StockRecord

    def quantities(self, status: str) -> dict[int, int]:
        """Stock record → quantity in the baskets with the status."""
        found = Line.objects.filter(basket__status=status)
        return dict(found.values_list("stockrecord_id", "quantity"))


def basketful() -> Basketful:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    first, second = (trade.goods(farm, NOW, title=title) for title in ("笋", "菇"))
    who = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities={first.pk: 300}, now=NOW)
    return Basketful(who, first, second)


def set_while_it_is_submitted(found: Basketful, wanted: dict[int, int]) -> None:
    """The quantities set in one window, while another one has submitted the basket and not committed yet."""
    is_submitted, is_set = Event(), Event()

    def submit() -> None:
        with transaction.atomic():
            requests.submit_request(**found.who, key="k", delivery=trade.delivery(), now=NOW)
            is_submitted.set()
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not is_set.is_set() and waiting_for_locks() < 1:
                assert time.monotonic() < deadline

    def set_meanwhile() -> None:
        assert is_submitted.wait(PATIENCE_SECONDS)
        baskets.set_quantities(**found.who, quantities=wanted, now=NOW)
        is_set.set()

    run_together([submit, set_meanwhile])
    assert list(RequestLine.objects.values_list("stock_record_id", "quantity")) == [(found.first.pk, 300)]


def another(found: Basketful) -> dict[int, int]:
    """A line is added."""
    return {found.second.pk: 7}


def more(found: Basketful) -> dict[int, int]:
    """A line that is there gets another quantity."""
    return {found.first.pk: 400}


def none(found: Basketful) -> dict[int, int]:
    """The line is taken out."""
    return {found.first.pk: 0}


CHANGES = [another, more, none]


@pytest.mark.parametrize("change", CHANGES)
def test_without_the_lock_what_is_set_goes_into_the_basket_that_was_submitted(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Basketful], dict[int, int]]
) -> None:
    found = basketful()
    wanted = change(found)
    monkeypatch.setattr(baskets, "basket_for", only_looked_up)
    set_while_it_is_submitted(found, wanted)
    assert found.quantities(Basket.OPEN) == {}
    expected = {found.first.pk: 300} | wanted
    assert found.quantities(Basket.SUBMITTED) == {pk: units for pk, units in expected.items() if units}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_set_while_the_basket_is_submitted_is_in_the_next_one(
    change: Callable[[Basketful], dict[int, int]],
) -> None:
    found = basketful()
    wanted = change(found)
    set_while_it_is_submitted(found, wanted)
    assert found.quantities(Basket.OPEN) == {pk: units for pk, units in wanted.items() if units}
    assert found.quantities(Basket.SUBMITTED) == {found.first.pk: 300}


def exchange(found: Basketful, meet: Callable[[], object] = lambda: None) -> list[object]:
    """What becomes of two windows each of which takes out the kind of which the other one wants five."""

    def meet_after_removal(execute: Callable[..., Any], sql: str, *statement: Any) -> Any:
        result = execute(sql, *statement)
        if sql.startswith('DELETE FROM "basket_line" '):
            meet()
        return result

    def change(taken: StockRecord, wanted: StockRecord) -> object:
        with connection.execute_wrapper(meet_after_removal):
            try:
                quantities = {taken.pk: 0, wanted.pk: 5}
                return baskets.set_quantities(**found.who, quantities=quantities, now=NOW).pk
            except OperationalError as error:
                return type(error)

    pairs = [(found.first, found.second), (found.second, found.first)]
    return run_together([partial(change, *pair) for pair in pairs])


def test_without_the_lock_two_windows_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    found = basketful()
    baskets.set_quantities(**found.who, quantities={found.second.pk: 300}, now=NOW)
    monkeypatch.setattr(baskets, "basket_for", only_looked_up)
    both_have_removed = Barrier(2)
    answers = exchange(found, lambda: both_have_removed.wait(PATIENCE_SECONDS))
    assert answers.count(OperationalError) == 1


def test_two_windows_change_the_basket_one_after_the_other() -> None:
    found = basketful()
    for _ in range(5):
        baskets.set_quantities(**found.who, quantities={found.first.pk: 300, found.second.pk: 300}, now=NOW)
        assert exchange(found) == [Basket.objects.get().pk] * 2
        assert found.quantities(Basket.OPEN) in ({found.first.pk: 5}, {found.second.pk: 5})
