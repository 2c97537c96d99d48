"""What is submitted or checked out costs what was shown, or nothing happens."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from catalog.partner import services as stock
from catalog.partner.models import Partner, StockRecord
from marketplace.basket import services as baskets
from marketplace.basket.queries import open_basket
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import requests
from marketplace.procurement.services.delivery import InvalidDelivery
from marketplace.procurement.services.direct import Wanted, check_out_lines, submit_lines
from marketplace.procurement.services.requests import PricesChanged
from tests.factories import trade
from tests.fingerprints import fingerprint

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
# 300 at 3.50 CNY, the price from 200 on, and 30.00 CNY freight.
SEEN = 108_000
EXPLAINED = {
    "en": (
        "The total has changed: you saw ¥1,080.00, now it is ¥1,065.00. Nothing has been submitted or "
        "reserved. Check the present prices and freight, then submit again."
    ),
    "zh-hans": (
        "总金额变了：原来是 ¥1,080.00，现在是 ¥1,065.00。还没有提交，也没有预留货物。"
        "请核对现在的价格和运费，再提交一次。"
    ),
}

pytestmark = pytest.mark.django_db


class Shop:
    """300 units in the baskets of a school and of a person, and the four ways to ask for them."""

    def __init__(self) -> None:
        trade.land()
        self.school, self.farm = trade.unit(), trade.seller(flat_freight="30.00")
        self.shopper, self.record = trade.shopper(), trade.goods(self.farm, NOW)
        for user, institution in (
            (self.school.requester, self.school.institution),
            (self.shopper, None),
        ):
            baskets.set_quantities(
                user=user, institution=institution, quantities={self.record.pk: 300}, now=NOW
            )

    def submit(self, seen_fen: int | None, key: str = "k") -> PurchaseRequest:
        return requests.submit_request(
            user=self.school.requester, institution=self.school.institution, key=key,
            delivery=trade.delivery(), now=NOW, seen_fen=seen_fen,
        )  # fmt: skip

    def check_out(self, seen_fen: int | None, key: str = "k") -> PurchaseRequest:
        return requests.check_out(
            user=self.shopper, key=key, delivery=trade.own_delivery(), now=NOW, seen_fen=seen_fen
        )

    def submit_lines(self, seen_fen: int | None, key: str = "k") -> PurchaseRequest:
        return submit_lines(
            user=self.school.requester, institution=self.school.institution, key=key,
            lines={self.record.pk: Wanted(300)}, delivery=trade.delivery(), now=NOW, seen_fen=seen_fen,
        )  # fmt: skip

    def check_out_lines(self, seen_fen: int | None, key: str = "k") -> PurchaseRequest:
        return check_out_lines(
            user=self.shopper, key=key, lines={self.record.pk: Wanted(300)}, delivery=trade.own_delivery(),
            now=NOW, seen_fen=seen_fen,
        )  # fmt: skip

    def price(self, price: str, *tiers: tuple[int, str]) -> None:
        stock.set_price(
            stock_record=self.record, price=Decimal(price),
            tiers=[stock.Tier(quantity, Decimal(tier)) for quantity, tier in tiers],
            now=NOW, actor=self.farm.cadre,
        )  # fmt: skip

    def freight(self, amount: str) -> None:
        Partner.objects.filter(pk=self.farm.supplier.pk).update(flat_freight=Decimal(amount))

    @property
    def held(self) -> tuple[int, int]:
        """How many requests there are, and how many units are reserved."""
        allocated = StockRecord.objects.values_list("num_allocated", flat=True).get(pk=self.record.pk)
        return PurchaseRequest.objects.count(), allocated


WAYS = [Shop.submit, Shop.check_out, Shop.submit_lines, Shop.check_out_lines]
Way = Callable[..., PurchaseRequest]


@pytest.fixture(scope="module")
def shop_of_module(transaction_of_module: None) -> Shop:
    return Shop()


@pytest.fixture
def shop(shop_of_module: Shop) -> Shop:
    return deepcopy(shop_of_module)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("change", "total_fen"),
    [
        (lambda shop: shop.price("4.00", (200, "3.45")), 106_500),
        (lambda shop: shop.price("4.00", (200, "3.51")), 108_300),
        (lambda shop: shop.price("4.00", (301, "3.50")), 123_000),
        (lambda shop: shop.freight("0.00"), 105_000),
        (lambda shop: shop.freight("30.01"), 108_001),
    ],
    ids=["cheaper", "dearer", "other tier", "no freight", "one fen of freight"],
)
def test_another_total_is_told_and_nothing_happens_and_who_has_seen_it_buys(
    shop: Shop, way: Way, change: Callable[[Shop], None], total_fen: int
) -> None:
    change(shop)
    before = fingerprint()
    with pytest.raises(PricesChanged) as refused:
        way(shop, SEEN)
    assert (refused.value.seen_fen, refused.value.total_fen) == (SEEN, total_fen)
    assert fingerprint() == before
    assert way(shop, total_fen).total_fen == total_fen
    assert shop.held == (1, 300)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seen_fen", [SEEN, None], ids=["as shown", "who does not say what was shown"])
def test_the_total_that_was_shown_is_submitted(shop: Shop, way: Way, seen_fen: int | None) -> None:
    assert way(shop, seen_fen).total_fen == SEEN
    assert shop.held == (1, 300)


@pytest.mark.parametrize("way", WAYS)
def test_the_same_key_is_the_same_request_whatever_it_would_cost_now(shop: Shop, way: Way) -> None:
    first = way(shop, SEEN)
    shop.price("9.99")
    before = fingerprint()
    assert [way(shop, seen) for seen in (SEEN, 1, None)] == [first] * 3
    assert fingerprint() == before
    assert first.total_fen == SEEN


def test_it_says_both_totals_and_what_to_do(shop: Shop) -> None:
    shop.price("4.00", (200, "3.45"))
    for language, text in EXPLAINED.items():
        with translation.override(language), pytest.raises(PricesChanged) as refused:
            shop.submit(SEEN)
        assert str(refused.value) == text


def test_the_basket_stays_as_it_was(shop: Shop) -> None:
    shop.freight("0.00")
    with pytest.raises(PricesChanged):
        shop.submit(SEEN)
    basket = open_basket(shop.school.requester, shop.school.institution)
    assert basket is not None
    assert basket.lines.get().quantity == 300


def test_a_delivery_that_is_not_possible_is_said_first(shop: Shop) -> None:
    shop.freight("0.00")
    with pytest.raises(InvalidDelivery):
        requests.check_out(
            user=shop.shopper, key="k", delivery=replace(trade.own_delivery(), delivery_region_id="440000"),
            now=NOW, seen_fen=SEEN,
        )  # fmt: skip
