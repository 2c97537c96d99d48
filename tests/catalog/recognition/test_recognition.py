"""Recognitions and the window that they push down; prices of others beside them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalog.catalogue.models import Category, Product
from catalog.partner import services as partner
from catalog.partner.models import StockRecord
from catalog.recognition import queries, services
from catalog.recognition.models import Recognition
from catalog.recognition.queries import Benchmark
from catalog.recognition.services import Directory, InvalidRecognition
from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.core.periods import start_of
from tests.factories import goods, regions
from tests.factories.goods import NOW
from tests.factories.recognitions import TODAY, VILLAGE, certificate
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def officer() -> User:
    return make_user("officer")


@pytest.fixture
def record() -> StockRecord:
    """竹笋 of 港美村, offered and not recognised."""
    regions.jieyang()
    made = goods.stock_record(price="5.00")
    Product.objects.filter(pk=made.product_id).update(origin_village=VILLAGE)
    partner.set_recognised_window(stock_record_id=made.pk, start=None, end=None, now=NOW)
    made.refresh_from_db()
    return made


def window(record: StockRecord) -> tuple[dt.datetime | None, dt.datetime | None]:
    record.refresh_from_db()
    return record.recognised_from, record.recognised_until


def test_a_recognition_freezes_price_and_origin_and_opens_the_window(
    record: StockRecord, officer: User
) -> None:
    made = services.recognise(stock_record=record, certificate=certificate(), actor=officer, now=NOW)
    assert (made.village_code, made.county_id, made.recognised_price) == (VILLAGE, "445203", Decimal("5.00"))
    assert (made.product_id, made.supplier_id) == (record.product_id, record.partner_id)
    assert window(record) == (start_of(TODAY), start_of(TODAY + 365 * DAY))
    assert record.is_open(NOW)
    assert AuditEntry.objects.get(action="recognition.recognised").object_id == str(made.pk)


def test_on_the_last_day_it_is_in_force_and_on_the_next_it_is_not(record: StockRecord, officer: User) -> None:
    made = services.recognise(
        stock_record=record, certificate=certificate(valid_until=TODAY + DAY), actor=officer, now=NOW
    )
    end = start_of(TODAY + DAY)
    assert list(Recognition.objects.in_force(end - dt.timedelta(seconds=1))) == [made]
    assert list(Recognition.objects.in_force(end)) == []
    record.refresh_from_db()
    assert record.is_open(end - dt.timedelta(seconds=1))
    assert not record.is_open(end)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_until": TODAY}, "valid_until"),
        ({"valid_from": TODAY + DAY}, "valid_from"),
        ({"yearly_capacity": 0}, "yearly_capacity"),
    ],
)
def test_a_recognition_that_makes_no_sense_is_refused(
    record: StockRecord, officer: User, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidRecognition) as refused:
        services.recognise(stock_record=record, certificate=certificate(**changes), actor=officer, now=NOW)
    assert refused.value.field == field
    assert not Recognition.objects.exists()
    assert window(record) == (None, None)


def test_goods_without_an_origin_are_not_recognised(record: StockRecord, officer: User) -> None:
    Product.objects.update(origin_village=None)
    with pytest.raises(InvalidRecognition) as refused:
        services.recognise(stock_record=record, certificate=certificate(), actor=officer, now=NOW)
    assert refused.value.field == "village"


def test_a_revoked_recognition_closes_at_once_and_only_once(record: StockRecord, officer: User) -> None:
    made = services.recognise(stock_record=record, certificate=certificate(), actor=officer, now=NOW)
    for reason in ("bad quality", "again"):
        services.revoke(recognition=made, reason=reason, now=NOW)
    assert (made.revoked_at, made.revocation_reason) == (NOW, "bad quality")
    assert window(record) == (None, None)
    assert AuditEntry.objects.filter(action="recognition.revoked").count() == 1
    with pytest.raises(InvalidRecognition):
        services.revoke(recognition=made, reason=" ", now=NOW)


def test_another_directory_keeps_open_what_one_closes(record: StockRecord, officer: User) -> None:
    short = certificate(valid_until=TODAY + 10 * DAY)
    local = certificate(directory=Directory.LOCAL, valid_from=TODAY - DAY, valid_until=TODAY + 5 * DAY)
    first, _second = (
        services.recognise(stock_record=record, certificate=each, actor=officer, now=NOW)
        for each in (short, local)
    )
    assert window(record) == (start_of(TODAY - DAY), start_of(TODAY + 10 * DAY))
    services.revoke(recognition=first, reason="moved", now=NOW)
    assert window(record) == (start_of(TODAY - DAY), start_of(TODAY + 5 * DAY))


def test_the_snapshot_of_an_order_line_names_directory_and_village(
    record: StockRecord, officer: User
) -> None:
    for directory in (Directory.LOCAL, Directory.GUANGDONG):
        made = services.recognise(
            stock_record=record, certificate=certificate(directory=directory), actor=officer, now=NOW
        )
    assert queries.in_force([record.pk, 10**9], NOW) == {
        record.pk: {
            "id": made.pk,
            "directory": "guangdong",
            "directories": ["guangdong", "local"],
            "number": "粤扶 2020-001",
            "batch": "",
            "valid_from": "2020-03-16",
            "valid_until": "2021-03-16",
            "recognised_price": "5.00",
            "village_code": VILLAGE,
            "county_code": "445203",
        }
    }
    assert queries.in_force([record.pk], NOW + 365 * DAY) == {}


def test_the_database_refuses_an_empty_window(record: StockRecord, officer: User) -> None:
    made = services.recognise(stock_record=record, certificate=certificate(), actor=officer, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.filter(pk=made.pk).update(valid_until=made.valid_from)


def recognised_at(prices: Sequence[str], category: Category, officer: User, at: dt.datetime) -> list[Product]:
    """One product by the 斤 (500 g) for each price, recognised at that moment."""
    products = []
    for price in prices:
        record = goods.stock_record(price=price, of=goods.supplier(price))
        Product.objects.filter(pk=record.product_id).update(origin_village=VILLAGE)
        record.product.categories.set([category])
        services.recognise(stock_record=record, certificate=certificate(), actor=officer, now=at)
        products.append(record.product)
    return products


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ([], Benchmark(0, None)),
        (["5.00", "6.00"], Benchmark(2, None)),
        (["5.00", "9.00", "6.00"], Benchmark(3, Decimal("12.00"))),
        (["5.00", "9.00", "6.00", "6.01"], Benchmark(4, Decimal("12.01"))),
    ],
)
def test_a_price_is_compared_with_the_median_of_three_others_at_least(
    record: StockRecord, officer: User, prices: list[str], expected: Benchmark
) -> None:
    vegetables = Category.add_root(name="蔬菜", slug="v")
    fruit = Category.add_root(name="水果", slug="f")
    record.product.categories.set([vegetables])
    recognised_at(prices, vegetables, officer, NOW)
    recognised_at(["99.00"], fruit, officer, NOW)
    assert queries.price_benchmark(product=record.product, now=NOW) == expected


def test_a_product_is_not_compared_with_itself_nor_with_what_is_too_old(officer: User) -> None:
    regions.jieyang()
    vegetables = Category.add_root(name="蔬菜", slug="v")
    product, *_others = recognised_at(["5.00", "6.00", "7.00"], vegetables, officer, NOW)
    later = NOW + 90 * DAY
    assert queries.price_benchmark(product=product, now=later - DAY) == Benchmark(2, None)
    assert queries.price_benchmark(product=product, now=later) == Benchmark(0, None)


def test_a_product_recognised_twice_counts_once_at_its_last_price(record: StockRecord, officer: User) -> None:
    vegetables = Category.add_root(name="蔬菜", slug="v")
    record.product.categories.set([vegetables])
    products = recognised_at(["5.00", "6.00", "7.00"], vegetables, officer, NOW)
    again = products[0].stockrecords.get()
    partner.set_price(stock_record=again, price=Decimal("8.00"), now=NOW, actor=officer)
    services.recognise(stock_record=again, certificate=certificate(), actor=officer, now=NOW)
    assert queries.price_benchmark(product=record.product, now=NOW) == Benchmark(3, Decimal("14.00"))
