"""A school's order of bamboo shoots, as far along as a test wants it."""

from datetime import timedelta

from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.core.periods import shanghai_day
from marketplace.order.models import Order
from marketplace.procurement.models import Payment
from marketplace.procurement.services import fulfilment, payments
from tests.factories import trade


class Deal:
    """300 units at 3.50 CNY, 30.00 CNY freight: 1,080.00 CNY; placed an hour ago."""

    def __init__(self, *, needs_certificate: bool = False) -> None:
        self.now = timezone.now() - timedelta(hours=1)
        trade.land()
        self.school = trade.unit()
        self.farm = trade.seller(flat_freight="30.00")
        kind = trade.category("鲜菜", needs_certificate=True) if needs_certificate else trade.category()
        self.record = trade.goods(self.farm, self.now, kind=kind)
        self.order = trade.ordered(self.school, {self.record.pk: 300}, self.now)
        self.line = self.order.lines.get()
        self.url = f"/supplier/orders/{self.order.number}/"

    @property
    def quantity(self) -> str:
        """The name of the field for the line's quantity."""
        return f"quantity_{self.line.pk}"

    def confirm(self) -> None:
        fulfilment.confirm_order(order_id=self.order.pk, actor=self.farm.cadre, now=self.now)

    def ship(self) -> None:
        fulfilment.ship_order(
            order_id=self.order.pk,
            actor=self.farm.cadre,
            carrier="邮政快递",
            tracking_number="EMS1",
            now=self.now,
        )

    def receive(self) -> None:
        fulfilment.receive_order(
            order_id=self.order.pk, actor=self.school.receiver, judgements=None, now=self.now
        )

    def give_back(self, quantity: int) -> None:
        fulfilment.return_goods(
            order_id=self.order.pk,
            actor=self.school.receiver,
            quantities={self.line.pk: quantity},
            reason="霉变",
            now=self.now,
        )

    def pay(self, amount_fen: int = 108_000) -> Payment:
        """What the school says that it paid."""
        return payments.record_payment(
            order_id=self.order.pk,
            actor=self.school.finance,
            direction=Payment.Direction.PAYMENT,
            amount_fen=amount_fen,
            paid_on=shanghai_day(self.now),
            bank_reference="B1",
            now=self.now,
        )

    def read(self) -> Order:
        """The order as it is now, with its one line in `line`."""
        self.order = Order.objects.get(pk=self.order.pk)
        self.line = self.order.lines.get()
        return self.order

    @property
    def stock(self) -> tuple[int, int]:
        """In stock, and of it allocated."""
        return StockRecord.objects.values_list("num_in_stock", "num_allocated").get(pk=self.record.pk)
