"""The one market in which every form is sent: each makes what it needs beside what the others made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from catalog.partner.models import StockRecord
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.basket.models import Line as BasketLine
from marketplace.core.periods import shanghai_day
from marketplace.order.models import Order
from marketplace.procurement.models import Payment, PurchaseRequest
from marketplace.procurement.services import fulfilment, payments
from supplier_villages.regions.models import Region
from tests.factories import offers, recognitions, trade, users
from tests.factories.offices import make_office

COUNTY = "445203"
_numbers = count(1)


@dataclass
class Market:
    """Who works together in this module's database."""

    now: datetime
    farm: trade.Seller
    school: trade.Unit
    shopper: User
    official: User
    operator: User
    scene: offers.Scene

    @property
    def today(self) -> date:
        return shanghai_day(self.now)

    def record(self) -> StockRecord:
        """1,000 units at 4.00, from 200 on at 3.50."""
        return trade.goods(self.farm, self.now, title=f"竹笋 {next(_numbers)}")

    def order(self, *, shipped: int = 0, accepted: bool = False, paid: bool = False) -> Order:
        """300 units and 30.00 freight: 1,080.00; confirmed if anything more is wanted."""
        order = trade.ordered(self.school, {self.record().pk: 300}, self.now, f"order-{next(_numbers)}")
        if shipped:
            self.confirm(order)
            who = {"order_id": order.pk, "actor": self.farm.cadre, "now": self.now}
            fulfilment.ship_order(
                **who, carrier="邮政", tracking_number="1", quantities={order.lines.get().pk: shipped}
            )
        if accepted:
            fulfilment.receive_order(
                order_id=order.pk, actor=self.school.receiver, judgements=None, now=self.now
            )
        if paid:
            payment = self.payment(order)
            payments.confirm_payment(payment_id=payment.pk, actor=self.farm.cadre, now=self.now)
        return order

    def confirm(self, order: Order) -> None:
        fulfilment.confirm_order(order_id=order.pk, actor=self.farm.cadre, now=self.now)

    def payment(self, order: Order) -> Payment:
        """Recorded, and not confirmed."""
        return payments.record_payment(
            order_id=order.pk, actor=self.school.finance, direction=Payment.Direction.PAYMENT,
            amount_fen=108_000, paid_on=self.today, bank_reference="B1", now=self.now,
        )  # fmt: skip

    def overpaid(self) -> Order:
        """Everything is paid, and 20 units for 70.00 went back."""
        order = self.order(shipped=300, accepted=True, paid=True)
        fulfilment.return_goods(
            order_id=order.pk, actor=self.school.receiver, quantities={order.lines.get().pk: 20},
            reason="霉变", now=self.now,
        )  # fmt: skip
        return order

    def repayment(self, order: Order) -> Payment:
        """What the supplier says that it paid back."""
        return payments.record_payment(
            order_id=order.pk, actor=self.farm.cadre, direction=Payment.Direction.REPAYMENT,
            amount_fen=7_000, paid_on=self.today, bank_reference="R1", now=self.now,
        )  # fmt: skip

    def request(self) -> PurchaseRequest:
        """300 units that wait for approval."""
        return trade.submitted(self.school, {self.record().pk: 300}, self.now, f"ask-{next(_numbers)}")

    def unpaid(self) -> PurchaseRequest:
        """3 units at 4.00 and 30.00 freight, which the shopper is to pay."""
        return trade.checked_out(self.shopper, {self.record().pk: 3}, self.now, f"own-{next(_numbers)}")

    def own_order(self, *, shipped: int = 0, accepted: bool = False) -> Order:
        """The shopper's paid order of 3 units; confirmed if anything more is wanted."""
        order = trade.own_purchase(
            self.shopper, {self.record().pk: 3}, self.now, f"own-{next(_numbers)}"
        ).orders.get()
        who = {"order_id": order.pk, "now": self.now}
        if shipped:
            self.confirm(order)
            quantities = {order.lines.get().pk: shipped}
            fulfilment.ship_order(
                **who, actor=self.farm.cadre, carrier="邮政", tracking_number="1", quantities=quantities
            )
        if accepted:
            fulfilment.receive_order(**who, actor=self.shopper, judgements=None)
        return order

    def fill_basket(self) -> StockRecord:
        """300 units in the requester's basket, and nothing else."""
        record = self.record()
        BasketLine.objects.filter(basket__owner=self.school.requester).delete()
        baskets.set_quantities(
            user=self.school.requester, institution=self.school.institution,
            quantities={record.pk: 300}, now=self.now,
        )  # fmt: skip
        return record

    def offer(self, state: Callable[..., UnsoldOffer]) -> UnsoldOffer:
        """An offer of the cadre in a state of tests.factories.offers."""
        if state is offers.draft:
            return state(self.scene, now=self.now)
        return state(self.scene, now=self.now, asked=self.terms())

    def on_sale(self) -> UnsoldOffer:
        """A recognised offer."""
        offer = self.offer(offers.submitted)
        certificate = recognitions.certificate(
            valid_from=self.today, valid_until=self.today + timedelta(days=99)
        )
        return offers.services.recognise_offer(
            offer_id=offer.pk, certificate=certificate, actor=self.official, now=self.now
        )

    def terms(self) -> offers.services.Terms:
        return offers.terms(sell_by=self.today + timedelta(days=7))


def open_market() -> Market:
    """An office, a cooperative with its cadre, a school, an individual, and the operator's staff."""
    trade.land()
    farm, official = trade.seller(flat_freight="30.00"), users.make_user("official")
    make_office(COUNTY, official)
    village = Region.objects.get(code=trade.VILLAGE)
    scene = offers.Scene(farm.supplier, village, farm.cadre, official, trade.category())
    return Market(
        timezone.now(), farm, trade.unit(), trade.shopper(), official, users.make_administrator(), scene
    )
