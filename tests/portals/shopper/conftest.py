"""An individual who buys bamboo shoots, and their browser."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.order.models import Order
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import fulfilment
from tests.factories import trade
from tests.factories.users import browser_of

DELIVERY = {
    "delivery_region": "445202",
    "delivery_address": "黄岐山大道1号",
    "recipient": "黄敏",
    "recipient_phone": "13800138000",
}


@dataclass
class Stall:
    """One shopper, one supplier with 30.00 CNY freight, 1,000 units at 4.00 CNY."""

    shopper: User
    farm: trade.Seller
    shoots: StockRecord
    now: datetime

    @cached_property
    def browser(self) -> Client:
        """The shopper's."""
        return browser_of(self.shopper)

    def fill(self, quantity: int = 3) -> None:
        """So many units in the shopper's basket."""
        baskets.set_quantities(
            user=self.shopper, institution=None, quantities={self.shoots.pk: quantity}, now=self.now
        )

    def check_out(self, key: str = "k1", **typed: object) -> HttpResponse:
        """The check-out form, sent."""
        return self.browser.post("/checkout/", {**DELIVERY, "key": key, **typed})

    def waiting(self, key: str = "k1") -> PurchaseRequest:
        """3 units at 4.00 CNY and 30.00 CNY freight, to be paid: 42.00 CNY."""
        return trade.checked_out(self.shopper, {self.shoots.pk: 3}, self.now, key)

    def order(self, *, shipped: int = 0, key: str = "k1") -> Order:
        """A paid order of 3 units, confirmed and shipped as far as asked."""
        order = trade.own_purchase(self.shopper, {self.shoots.pk: 3}, self.now, key).orders.get()
        if shipped:
            who = {"order_id": order.pk, "actor": self.farm.cadre, "now": self.now}
            fulfilment.confirm_order(**who)
            quantities = {order.lines.get().pk: shipped}
            fulfilment.ship_order(**who, carrier="邮政快递", tracking_number="EMS1", quantities=quantities)
        return order

    @property
    def allocated(self) -> int:
        """Sale units that are held for somebody."""
        return StockRecord.objects.values_list("num_allocated", flat=True).get(pk=self.shoots.pk)


@pytest.fixture(scope="module")
def stall_of_module(transaction_of_module: None) -> Stall:
    trade.land()
    now = timezone.now()
    shopper, farm = trade.shopper(), trade.seller(flat_freight="30.00")
    return Stall(shopper, farm, trade.goods(farm, now), now)


@pytest.fixture
def stall(stall_of_module: Stall, db: None) -> Stall:
    return deepcopy(stall_of_module)


@pytest.fixture
def other_browser(stall: Stall, client_of: Callable[[User], Client]) -> Client:
    """Somebody else's browser: whatever is the shopper's does not exist there."""
    return client_of(trade.shopper("other"))


def said(response: HttpResponse) -> list[str]:
    """What the messages of the next page say."""
    return [str(message) for message in response.wsgi_request._messages]


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """A form's errors by field."""
    return {field: list(found) for field, found in response.context["form"].errors.items()}
