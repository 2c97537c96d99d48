"""An order and what its two sides do with it, act by act."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from catalog.partner.models import StockRecord
from marketplace.order.models import Line, Order
from marketplace.procurement.models import Cancellation, Payment
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Judgement
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
DAY = date(2020, 3, 15)

_keys = count(1)


class Deal:
    """An order of 300 units at 3.50 CNY with 30.00 CNY freight, and its two sides.

    `beside` another deal it is the same two sides' next order of the same goods.
    """

    def __init__(
        self, *, needs_certificate: bool = False, available: int = 1000, beside: Deal | None = None
    ) -> None:
        if beside is None:
            trade.land()
            self.school, self.farm = trade.unit(), trade.seller(flat_freight="30.00")
            kind = trade.category("鲜菜", needs_certificate=True) if needs_certificate else trade.category()
            self.record = trade.goods(self.farm, NOW, kind=kind, available=available)
        else:
            self.school, self.farm, self.record = beside.school, beside.farm, beside.record
        self.order = trade.ordered(self.school, {self.record.pk: 300}, NOW, f"deal {next(_keys)}")
        self.line_id = self.order.lines.get().pk

    def confirm(self, **wanted: object) -> Order:
        return fulfilment.confirm_order(order_id=self.order.pk, actor=self.farm.cadre, now=NOW, **wanted)

    def refuse(self) -> Order:
        return fulfilment.refuse_order(
            order_id=self.order.pk, actor=self.farm.cadre, reason="没有货", now=NOW
        )

    def cancel(self, quantity: int | None = None, **wanted: object) -> Order:
        return fulfilment.cancel_order(
            order_id=self.order.pk,
            actor=self.school.requester,
            kind=Cancellation.Kind.BUYER,
            reason="放假",
            quantities=None if quantity is None else {self.line_id: quantity},
            now=NOW,
            **wanted,
        )

    def ship(self, quantity: int | None = None, **wanted: object) -> None:
        fulfilment.ship_order(
            order_id=self.order.pk,
            actor=self.farm.cadre,
            carrier="邮政快递",
            tracking_number="EMS1",
            quantities=None if quantity is None else {self.line_id: quantity},
            now=NOW,
            **wanted,
        )

    def receive(self, judgement: Judgement | None = None, **wanted: object) -> None:
        fulfilment.receive_order(
            order_id=self.order.pk,
            actor=self.school.receiver,
            judgements=None if judgement is None else {self.line_id: judgement},
            now=NOW,
            **wanted,
        )

    def accept(self, quantity: int) -> None:
        self.receive(Judgement(accepted=quantity))

    def give_back(self, quantity: int, **wanted: object) -> None:
        fulfilment.return_goods(
            order_id=self.order.pk,
            actor=self.school.receiver,
            quantities={self.line_id: quantity},
            reason="霉变",
            now=NOW,
            **wanted,
        )

    def record_payment(self, amount_fen: int, reference: str = "B1") -> Payment:
        return payments.record_payment(
            order_id=self.order.pk,
            actor=self.school.finance,
            direction=Payment.Direction.PAYMENT,
            amount_fen=amount_fen,
            paid_on=DAY,
            bank_reference=reference,
            now=NOW,
        )

    def pay(self, amount_fen: int, reference: str = "B1") -> Payment:
        payment = self.record_payment(amount_fen, reference)
        return payments.confirm_payment(payment_id=payment.pk, actor=self.farm.cadre, now=NOW)

    def record_repayment(self, amount_fen: int, reference: str = "R1") -> Payment:
        return payments.record_payment(
            order_id=self.order.pk,
            actor=self.farm.cadre,
            direction=Payment.Direction.REPAYMENT,
            amount_fen=amount_fen,
            paid_on=DAY,
            bank_reference=reference,
            now=NOW,
        )

    def confirm_repayment(self, repayment: Payment) -> Payment:
        return payments.confirm_payment(payment_id=repayment.pk, actor=self.school.finance, now=NOW)

    @property
    def line(self) -> Line:
        return Line.objects.get(pk=self.line_id)

    @property
    def quantities(self) -> dict[str, int]:
        """What became of the line's sale units."""
        return {name: value for name, value in vars(self.line).items() if name.startswith("quantity")}

    @property
    def state(self) -> tuple[str, str]:
        self.order.refresh_from_db()
        return self.order.status, self.order.payment_status

    @property
    def stock(self) -> tuple[int, int]:
        return StockRecord.objects.values_list("num_in_stock", "num_allocated").get(pk=self.record.pk)
