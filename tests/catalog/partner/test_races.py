"""Races, in pairs: an unguarded write that loses, and ours that does not, under the same load."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from catalog.partner import services
from catalog.partner.models import Reservation, StockRecord
from catalog.partner.queries import stock_differences
from catalog.partner.services import NotSellable
from marketplace.core.database.roles import as_owner
from tests.factories import goods
from tests.factories.goods import NOW
from tests.factories.users import make_user

pytestmark = [pytest.mark.usefixtures("race_database"), pytest.mark.slow]

BUYERS = 16
LATER = NOW + timedelta(hours=72)


def at_once(work: Callable[[int], bool]) -> int:
    """How many of BUYERS threads, all let go at the same moment, succeeded."""
    gate = threading.Barrier(BUYERS)

    def run(number: int) -> bool:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(BUYERS) as pool:
        return sum(pool.map(run, range(BUYERS)))


def test_looking_first_and_adding_then_oversells() -> None:
    """Oscar's way, without our constraint: proves that the load below is a race."""
    record = goods.stock_record(in_stock=5)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_never_oversold")
    looked = threading.Barrier(BUYERS)

    def buy(number: int) -> bool:
        seen = StockRecord.objects.get(pk=record.pk)
        looked.wait(timeout=30)
        if seen.net_stock_level < 1:
            return False
        StockRecord.objects.filter(pk=record.pk).update(num_allocated=F("num_allocated") + 1)
        return True

    assert at_once(buy) == 16
    record.refresh_from_db()
    assert record.net_stock_level == -11


def test_the_last_units_are_sold_once_and_none_is_left_over() -> None:
    record = goods.stock_record(in_stock=5)

    def buy(number: int) -> bool:
        return reserved(f"request:{number}", {record.pk: 1})

    assert at_once(buy) == 5
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (5, 5)
    assert stock_differences() == []


def test_many_lines_in_opposite_orders_do_not_block_each_other() -> None:
    pks = [record.pk for record in goods.stock_records(20, in_stock=7)]

    def buy(number: int) -> bool:
        ordered = pks if number % 2 else list(reversed(pks))
        return reserved(f"request:{number}", dict.fromkeys(ordered, 1))

    assert at_once(buy) == 7
    assert set(StockRecord.objects.values_list("num_in_stock", "num_allocated")) == {(7, 7)}
    assert Reservation.objects.count() == 140
    assert stock_differences() == []


def test_saving_a_loaded_record_overwrites_what_was_reserved_meanwhile() -> None:
    """Oscar's stock form: it saves every column that it loaded."""
    record = goods.stock_record(in_stock=10)
    loaded = StockRecord.objects.get(pk=record.pk)
    services.reserve(source_key="request:1", lines={record.pk: 3}, expires_at=LATER, now=NOW)
    loaded.price = Decimal("9.00")
    loaded.save()
    record.refresh_from_db()
    assert record.num_allocated == 0


def test_pricing_and_restocking_never_overwrite_what_is_reserved_meanwhile() -> None:
    record = goods.stock_record(in_stock=1000)
    cadre = make_user()

    def work(number: int) -> bool:
        mine = StockRecord.objects.get(pk=record.pk)
        if number % 4 == 0:
            price = Decimal(number + 1)
            services.set_price(stock_record=mine, price=price, now=NOW, actor=cadre)
        elif number % 4 == 1:
            services.set_stock(stock_record=mine, available=500, now=NOW, actor=cadre)
        return number % 4 > 1 and reserved(f"request:{number}", {record.pk: 3})

    assert at_once(work) == 8
    record.refresh_from_db()
    assert record.num_allocated == 24
    assert stock_differences() == []


def test_expiry_by_many_workers_frees_once() -> None:
    record = goods.stock_record(in_stock=10)
    services.reserve(source_key="request:1", lines={record.pk: 6}, expires_at=LATER, now=NOW)

    assert at_once(lambda number: services.expire_reservations(now=LATER) == 1) == 1
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (10, 0)


def test_a_reservation_is_either_taken_over_or_expired() -> None:
    record = goods.stock_record(in_stock=16)
    for number in range(BUYERS):
        services.reserve(source_key=f"request:{number}", lines={record.pk: 1}, expires_at=LATER, now=NOW)

    def work(number: int) -> bool:
        if number % 2:
            services.expire_reservations(now=LATER)
            return False
        try:
            services.take_over(
                source_key=f"request:{number}", new_key_of={record.pk: f"order:{number}"}, now=NOW
            )
        except services.NotHeld:
            return False
        return True

    taken = at_once(work)
    record.refresh_from_db()
    assert record.num_allocated == taken == Reservation.objects.count()
    assert stock_differences() == []


def reserved(source_key: str, lines: dict[int, int]) -> bool:
    """Whether all lines could be reserved."""
    try:
        services.reserve(source_key=source_key, lines=lines, expires_at=LATER, now=NOW)
    except NotSellable:
        return False
    return True
