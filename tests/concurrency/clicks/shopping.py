"""An individual's forms: check-out, payment, delivery, money back."""

from marketplace.basket import services as baskets
from marketplace.basket.models import Line as BasketLine
from marketplace.order.models import Order
from marketplace.procurement.models import (
    Cancellation,
    OnlinePayment,
    Payment,
    PurchaseRequest,
    Receipt,
    Return,
)
from marketplace.procurement.services import fulfilment, online, payments
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import Market
from tests.concurrency.clicks.selling import of_line

DELIVERY = {
    "delivery_region": "445202",
    "delivery_address": "黄岐山大道1号",
    "recipient": "黄敏",
    "recipient_phone": "13800138000",
}


def path(order: Order, step: str) -> str:
    return f"/account/orders/{order.number}/{step}/"


@click("checkout/")
def check_out(market: Market) -> Click:
    record = market.record()
    BasketLine.objects.filter(basket__owner=market.shopper).delete()
    baskets.set_quantities(user=market.shopper, institution=None, quantities={record.pk: 3}, now=market.now)
    made = PurchaseRequest.objects.filter(key="three")

    def effect() -> object:
        record.refresh_from_db()
        return made.count(), record.num_allocated

    return Click(market.shopper, "/checkout/", effect, (1, 3), {**DELIVERY, "key": "three"})


@click("account/purchases/<int:pk>/cancel/")
def cancel_purchase(market: Market) -> Click:
    asked = market.unpaid()
    effect = trail("procurement.request_withdrawn", asked)
    return Click(market.shopper, f"/account/purchases/{asked.pk}/cancel/", effect, 1)


@click("payments/sandbox/<str:token>/")
def pay_in_the_sandbox(market: Market) -> Click:
    asked = market.unpaid()
    way = online.start_payment(request_id=asked.pk, user=market.shopper, return_url="/", now=market.now)
    bought = OnlinePayment.objects.filter(request=asked).values_list("outcome", flat=True)
    return Click(market.shopper, way, lambda: list(bought.all()), ["bought"], {"pay": "1"})


@click("account/orders/<slug:number>/accept/")
def accept(market: Market) -> Click:
    order = market.own_order(shipped=3)
    accepted = Receipt.objects.filter(order=order).values_list("lines__accepted", flat=True)
    line = order.lines.get().pk
    data = {**of_line(order, 0), f"accepted_{line}": 2, f"rejected_{line}": 0}
    return Click(market.shopper, path(order, "accept"), lambda: list(accepted.all()), [2], data)


@click("account/orders/<slug:number>/cancel/")
def cancel(market: Market) -> Click:
    order = market.own_order(shipped=1)
    cancelled = Cancellation.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 1), "reason": "买重复了"}
    return Click(market.shopper, path(order, "cancel"), lambda: list(cancelled.all()), [1], data)


@click("account/orders/<slug:number>/return/")
def give_back(market: Market) -> Click:
    order = market.own_order(shipped=3, accepted=True)
    returned = Return.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 1), "reason": "霉变"}
    return Click(market.shopper, path(order, "return"), lambda: list(returned.all()), [1], data)


@click("account/orders/<slug:number>/repayments/<int:pk>/confirm/")
def confirm_repayment(market: Market) -> Click:
    order = market.own_order()
    fulfilment.refuse_order(order_id=order.pk, actor=market.farm.cadre, reason="没有货", now=market.now)
    money = payments.record_payment(
        order_id=order.pk, actor=market.farm.cadre, direction=Payment.Direction.REPAYMENT,
        amount_fen=4_200, paid_on=market.today, bank_reference="R1", now=market.now,
    )  # fmt: skip
    address = path(order, f"repayments/{money.pk}/confirm")
    return Click(market.shopper, address, lambda: order.lines.get().repaid_fen, 1_200)
