"""What comes to more than an order's columns hold is refused before anything is reserved."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import translation

from catalog.partner.models import Partner, StockRecord
from marketplace.order.models import Order
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import placing
from marketplace.procurement.services.amounts import AmountTooLarge
from marketplace.procurement.services.direct import Wanted, check_out_lines, submit_lines
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
# 9,999.99 times so many are 9,999,999,999.99: the most there is.
MOST = 1_000_001
EXPLAINED = {
    "en": {
        "line": "This comes to ¥10,000,009,999.98; ¥9,999,999,999.99 is the most for one line. Order less "
        "here, and the rest separately.",
        "order": "With freight and whatever else 埔田竹笋专业合作社 is to deliver this comes to "
        "¥10,000,000,000.00; ¥9,999,999,999.99 is the most for one order. Order less here, and the rest "
        "separately.",
    },
    "zh-hans": {
        "line": "这一行合计 ¥10,000,009,999.98，一行最多 ¥9,999,999,999.99。请减少数量，其余的另外下单。",
        "order": "连同运费和埔田竹笋专业合作社的其他产品，合计 ¥10,000,000,000.00，"
        "一个订单最多 ¥9,999,999,999.99。请减少这一行的数量，其余的另外下单。",
    },
}

pytestmark = pytest.mark.django_db


class Shop:
    """Goods at 9,999.99 CNY and at 0.01 CNY, and the four ways to ask for them."""

    def __init__(self) -> None:
        trade.land()
        self.school, self.farm, self.shopper = trade.unit(), trade.seller(), trade.shopper()
        self.dear, self.cheap = (
            trade.goods(self.farm, NOW, title=title, price=price, tiers=(), available=10_000_000)
            for title, price in (("虫草", "9999.99"), ("笋", "0.01"))
        )

    def submit(self, wanted: dict[int, int]) -> PurchaseRequest:
        return trade.submitted(self.school, wanted, NOW)

    def check_out(self, wanted: dict[int, int]) -> PurchaseRequest:
        return trade.checked_out(self.shopper, wanted, NOW)

    def submit_lines(self, wanted: dict[int, int]) -> PurchaseRequest:
        return submit_lines(
            user=self.school.requester, institution=self.school.institution, key="k",
            lines={pk: Wanted(quantity) for pk, quantity in wanted.items()},
            delivery=trade.delivery(), now=NOW,
        )  # fmt: skip

    def check_out_lines(self, wanted: dict[int, int]) -> PurchaseRequest:
        return check_out_lines(
            user=self.shopper, key="k",
            lines={pk: Wanted(quantity) for pk, quantity in wanted.items()},
            delivery=trade.own_delivery(), now=NOW,
        )  # fmt: skip

    def freight(self, amount: str) -> None:
        Partner.objects.filter(pk=self.farm.supplier.pk).update(flat_freight=Decimal(amount))


WAYS = [Shop.submit, Shop.check_out, Shop.submit_lines, Shop.check_out_lines]
Way = Callable[[Shop, dict[int, int]], PurchaseRequest]


@pytest.fixture(scope="module")
def shop_of_module(transaction_of_module: None) -> Shop:
    return Shop()


@pytest.fixture
def shop(shop_of_module: Shop) -> Shop:
    return deepcopy(shop_of_module)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("dear", "cheap", "freight", "why"),
    [(MOST + 1, 1, "0.00", "line"), (MOST, 1, "0.00", "order"), (MOST, 0, "0.01", "order")],
    ids=["line", "goods", "freight"],
)
def test_more_than_an_order_holds_is_refused_by_the_name_of_its_dearest_line(
    shop: Shop, way: Way, dear: int, cheap: int, freight: str, why: str
) -> None:
    shop.freight(freight)
    wanted = {shop.dear.pk: dear, shop.cheap.pk: cheap}
    asked = {pk: quantity for pk, quantity in wanted.items() if quantity}
    for language, texts in EXPLAINED.items():
        with translation.override(language), pytest.raises(AmountTooLarge) as refused:
            way(shop, asked)
        assert refused.value.problems == {shop.dear.pk: texts[why]}
    assert not PurchaseRequest.objects.exists()
    assert not StockRecord.objects.filter(num_allocated__gt=0).exists()


def test_the_most_there_is_becomes_an_order(shop: Shop) -> None:
    request = shop.submit({shop.dear.pk: MOST})
    placing.approve_request(request_id=request.pk, approver=shop.school.approver, now=NOW)
    assert Order.objects.get().total_incl_tax == Decimal("9999999999.99")


def test_the_most_there_is_is_bought_by_a_payment(shop: Shop) -> None:
    trade.paid(shop.check_out({shop.dear.pk: MOST}), NOW)
    order = Order.objects.get()
    assert (order.total_incl_tax, order.payment_status) == (Decimal("9999999999.99"), "paid")


def test_each_supplier_has_an_order_of_its_own(shop: Shop) -> None:
    other = trade.goods(
        trade.seller("别的合作社"), NOW, title="参", price="9999.99", tiers=(), available=10_000_000
    )
    request = shop.submit({shop.dear.pk: MOST, other.pk: MOST})
    placing.approve_request(request_id=request.pk, approver=shop.school.approver, now=NOW)
    assert Order.objects.count() == 2


def test_the_database_keeps_no_line_that_no_order_holds(shop: Shop) -> None:
    line = shop.submit({shop.dear.pk: MOST}).lines.get()
    line.quantity += 1
    with pytest.raises(IntegrityError, match="request_line_fits_an_order"):
        line.save()
