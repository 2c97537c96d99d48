"""A school that buys bamboo shoots, and browsers of its people."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.order.models import Order
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import fulfilment
from tests.factories import trade
from tests.factories.users import browser_of


@dataclass
class Market:
    """One school, one supplier with 30.00 CNY freight, 1,000 units at 4.00 CNY, from 200 on at 3.50 CNY."""

    school: trade.Unit
    farm: trade.Seller
    shoots: StockRecord
    now: datetime

    def as_(self, role: str) -> Client:
        """A browser of the school's person in this role."""
        return browser_of(getattr(self.school, role))

    def request(self, quantity: int = 300, key: str = "k1") -> PurchaseRequest:
        """A pending request: 300 units are 1,050.00 CNY and 30.00 CNY freight."""
        return trade.submitted(self.school, {self.shoots.pk: quantity}, self.now, key)

    def order(self, quantity: int = 300, *, shipped: int = 0, key: str = "k1") -> Order:
        """An order of the school, confirmed and shipped as far as asked."""
        order = trade.ordered(self.school, {self.shoots.pk: quantity}, self.now, key)
        if shipped:
            fulfilment.confirm_order(order_id=order.pk, actor=self.farm.cadre, now=self.now)
            self.ship(order, {order.lines.get().pk: shipped})
        return order

    def ship(self, order: Order, quantities: dict[int, int]) -> None:
        """A dispatch of so many units of each line."""
        fulfilment.ship_order(
            order_id=order.pk,
            actor=self.farm.cadre,
            carrier="邮政快递",
            tracking_number="EMS1",
            quantities=quantities,
            now=self.now,
        )

    def accepted(self, quantity: int = 300, key: str = "k1") -> Order:
        """An order that arrived in good order."""
        order = self.order(quantity, shipped=quantity, key=key)
        fulfilment.receive_order(order_id=order.pk, actor=self.school.receiver, judgements=None, now=self.now)
        return order


@pytest.fixture(scope="module")
def market_of_module(transaction_of_module: None) -> Market:
    trade.land()
    now = timezone.now()
    farm = trade.seller(flat_freight="30.00")
    return Market(trade.unit(), farm, trade.goods(farm, now), now)


@pytest.fixture
def market(market_of_module: Market, db: None) -> Market:
    return deepcopy(market_of_module)


@pytest.fixture
def stranger(market: Market) -> trade.Unit:
    """Another institution: whatever is the school's does not exist for its people."""
    return trade.unit("示范市第一人民医院")


def said(response) -> list[str]:
    """What the messages of the next page say."""
    return [str(message) for message in response.wsgi_request._messages]


def errors(response) -> dict[str, list[str]]:
    """A form's errors by field."""
    return {field: list(found) for field, found in response.context["form"].errors.items()}
