"""Reserving, selling, freeing and shipping stock: exact numbers, exact errors, a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.partner import services
from catalog.partner.models import Reservation, StockMovement, StockRecord
from catalog.partner.queries import stock_differences
from catalog.partner.services import NotHeld, NotSellable, Obstacle, Unsellable
from tests.factories import goods
from tests.factories.goods import NOW

pytestmark = pytest.mark.django_db

HOURS_72 = timedelta(hours=72)


def numbers(record: StockRecord) -> tuple[int, int]:
    """(in stock, allocated) as the database has them now."""
    record.refresh_from_db()
    return record.num_in_stock, record.num_allocated


def reserve(source_key: str, lines: dict[int, int]) -> None:
    """Reserved at NOW for 72 hours."""
    services.reserve(source_key=source_key, lines=lines, expires_at=NOW + HOURS_72, now=NOW)


def test_a_reservation_lowers_what_others_can_buy() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 4})
    assert numbers(record) == (10, 4)
    held = Reservation.objects.get()
    assert (held.source_key, held.quantity, held.expires_at) == ("request:1", 4, NOW + HOURS_72)


def test_the_last_units_can_be_reserved() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 10})
    assert numbers(record) == (10, 10)
    assert not StockRecord.objects.sellable(NOW).exists()


def test_a_refusal_names_every_line_and_changes_nothing() -> None:
    enough, short, closed = goods.stock_records(3, in_stock=10)
    StockRecord.objects.filter(pk=closed.pk).update(recognised_until=NOW)
    with pytest.raises(NotSellable) as refused, transaction.atomic():
        reserve("request:1", {closed.pk: 1, short.pk: 11, enough.pk: 10, 10**9: 1})
    assert refused.value.failures == [
        Unsellable(short.pk, Obstacle.SHORT, 10),
        Unsellable(closed.pk, Obstacle.CLOSED, 0),
        Unsellable(10**9, Obstacle.CLOSED, 0),
    ]
    assert [numbers(record) for record in (enough, short, closed)] == [(10, 0)] * 3
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("window", ["recognised", "offered"])
@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        (None, None, False),
        (timedelta(0), timedelta(seconds=1), True),
        (timedelta(seconds=-1), timedelta(0), False),
        (timedelta(seconds=1), timedelta(hours=1), False),
    ],
)
def test_only_a_record_whose_both_half_open_windows_contain_now_is_open(
    window: str, start: timedelta | None, end: timedelta | None, *, is_open: bool
) -> None:
    record = goods.stock_record()
    fields = {
        f"{window}_from": None if start is None else NOW + start,
        f"{window}_until": None if end is None else NOW + end,
    }
    StockRecord.objects.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()
    assert record.is_open(NOW) is is_open
    assert StockRecord.objects.open(NOW).exists() is is_open


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 10**30, "3"])
def test_a_quantity_is_a_positive_whole_number_within_reason(quantity: object) -> None:
    record = goods.stock_record()
    with pytest.raises(services.InvalidQuantity), transaction.atomic():
        reserve("request:1", {record.pk: quantity})  # type: ignore[dict-item]
    assert numbers(record) == (10, 0)


def test_a_source_that_reserves_twice_is_told_so_and_nothing_changes() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 4})
    with pytest.raises(services.AlreadyReserved), transaction.atomic():
        reserve("request:1", {record.pk: 4})
    assert numbers(record) == (10, 4)


def test_releasing_gives_back_everything_once() -> None:
    first, second = goods.stock_records(2, in_stock=10)
    reserve("request:1", {first.pk: 4, second.pk: 1})
    reserve("request:2", {first.pk: 3})
    for _ in range(2):
        services.release(source_key="request:1", now=NOW, reason="withdrawn")
    assert (numbers(first), numbers(second)) == ((10, 3), (10, 0))
    moved = StockMovement.objects.filter(reason="released").order_by("stock_record_id")
    assert list(moved.values_list("delta_allocated", "note")) == [(-4, "withdrawn"), (-1, "withdrawn")]


def test_an_expired_reservation_is_freed_exactly_once() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 4})
    assert services.expire_reservations(now=NOW + HOURS_72 - timedelta(seconds=1)) == 0
    assert numbers(record) == (10, 4)
    assert services.expire_reservations(now=NOW + HOURS_72) == 1
    assert services.expire_reservations(now=NOW + HOURS_72) == 0
    services.release(source_key="request:1", now=NOW + HOURS_72)
    assert numbers(record) == (10, 0)


def test_who_reserves_gets_the_stock_of_reservations_that_have_run_out() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 10})
    later = NOW + HOURS_72
    services.reserve(source_key="request:2", lines={record.pk: 10}, expires_at=later + HOURS_72, now=later)
    assert numbers(record) == (10, 10)
    assert list(Reservation.objects.values_list("source_key", flat=True)) == ["request:2"]
    assert stock_differences() == []


def test_an_order_takes_over_and_never_expires() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 4})
    services.take_over(source_key="request:1", new_key_of={record.pk: "order:7"}, now=NOW)
    held = Reservation.objects.get()
    assert (held.source_key, held.quantity, held.expires_at) == ("order:7", 4, None)
    assert services.expire_reservations(now=NOW + timedelta(days=999)) == 0
    assert numbers(record) == (10, 4)


def test_what_has_run_out_is_not_taken_over() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 4})
    with pytest.raises(NotHeld) as refused, transaction.atomic():
        services.take_over(source_key="request:1", new_key_of={record.pk: "order:7"}, now=NOW + HOURS_72)
    assert refused.value.missing == {record.pk: 1}


def test_what_a_source_holds_counts_as_available_to_it_alone() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 10})
    services.check_sellable(lines={record.pk: 10}, now=NOW, source_key="request:1")
    with pytest.raises(NotSellable) as refused, transaction.atomic():
        services.check_sellable(lines={record.pk: 1}, now=NOW, source_key="request:2")
    assert refused.value.failures == [Unsellable(record.pk, Obstacle.SHORT, 0)]


def test_an_expired_recognition_stops_the_approval_of_what_is_reserved() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("request:1", {record.pk: 4})
    StockRecord.objects.filter(pk=record.pk).update(recognised_until=NOW)
    with pytest.raises(NotSellable) as refused, transaction.atomic():
        services.check_sellable(lines={record.pk: 4}, now=NOW, source_key="request:1")
    assert refused.value.by_stock_record[record.pk].obstacle is Obstacle.CLOSED


def test_part_of_an_order_is_freed_and_the_rest_shipped() -> None:
    record = goods.stock_record(in_stock=10)
    reserve("order:7", {record.pk: 6})
    services.free(source_key="order:7", lines={record.pk: 2}, now=NOW, reason="short")
    assert numbers(record) == (10, 4)
    services.ship(source_key="order:7", lines={record.pk: 3}, now=NOW)
    assert numbers(record) == (7, 1)
    services.ship(source_key="order:7", lines={record.pk: 1}, now=NOW)
    assert numbers(record) == (6, 0)
    assert not Reservation.objects.exists()
    assert stock_differences() == []


@pytest.mark.parametrize("verb", [services.free, services.ship])
def test_no_more_than_what_is_held_is_freed_or_shipped(verb: Callable[..., None]) -> None:
    first, second = goods.stock_records(2, in_stock=10)
    reserve("order:7", {first.pk: 2, second.pk: 2})
    with pytest.raises(NotHeld) as refused, transaction.atomic():
        verb(source_key="order:7", lines={first.pk: 1, second.pk: 5}, now=NOW)
    assert refused.value.missing == {second.pk: 3}
    assert (numbers(first), numbers(second)) == ((10, 2), (10, 2))


def test_the_database_refuses_to_oversell_whoever_writes() -> None:
    record = goods.stock_record(in_stock=10)
    for values in ({"num_allocated": 11}, {"num_allocated": -1}, {"num_allocated": None}, {"price": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StockRecord.objects.filter(pk=record.pk).update(**values)


def queries_of(work: Callable[[], None]) -> int:
    """How many statements `work` sends, transaction control left out."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def expire_again(lines: dict[int, int]) -> None:
    """Reserved and expired."""
    reserve("request:2", lines)
    services.expire_reservations(now=NOW + HOURS_72)


@pytest.mark.parametrize("lines", [1, 20, 200])
def test_every_verb_costs_the_same_whatever_the_number_of_lines(lines: int) -> None:
    pks = [record.pk for record in goods.stock_records(lines, in_stock=10)]
    four, one = dict.fromkeys(pks, 4), dict.fromkeys(pks, 1)
    orders = dict.fromkeys(pks, "order:7")
    costs = {
        "reserve": queries_of(lambda: reserve("request:1", four)),
        "check": queries_of(lambda: services.check_sellable(lines=four, now=NOW, source_key="request:1")),
        "take over": queries_of(
            lambda: services.take_over(source_key="request:1", new_key_of=orders, now=NOW)
        ),
        "free": queries_of(lambda: services.free(source_key="order:7", lines=one, now=NOW)),
        "ship": queries_of(lambda: services.ship(source_key="order:7", lines=one, now=NOW)),
        "release": queries_of(lambda: services.release(source_key="order:7", now=NOW)),
        "expire": queries_of(lambda: expire_again(four)),
    }
    assert costs == {
        "reserve": 4,
        "check": 2,
        "take over": 3,
        "free": 4,
        "ship": 4,
        "release": 5,
        "expire": 9,
    }
