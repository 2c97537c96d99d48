"""An institution's forms: basket, request, decision, delivery, money."""

from marketplace.basket.models import Line as BasketLine
from marketplace.order.models import Order, Purchase
from marketplace.procurement.models import Cancellation, Payment, PurchaseRequest, Receipt, Return
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import Market
from tests.concurrency.clicks.selling import of_line

DELIVERY = {
    "purpose": "食堂采购",
    "delivery_region": "445202",
    "delivery_address": "黄岐山大道1号",
    "recipient": "李明",
    "recipient_phone": "13800138000",
}


def path(order: Order, step: str) -> str:
    return f"/buyer/orders/{order.number}/{step}/"


@click("basket/set/")
def put_into_basket(market: Market) -> Click:
    record, unit = market.record(), market.school
    held = BasketLine.objects.filter(basket__owner=unit.requester, stockrecord=record)
    data = {"institution": unit.institution.pk, f"quantity-{record.pk}": "３００"}
    quantities = held.values_list("quantity", flat=True)
    return Click(unit.requester, "/basket/set/", lambda: list(quantities.all()), [300], data)


def submission(market: Market, key: str, address: str) -> Click:
    record = market.fill_basket()
    made = PurchaseRequest.objects.filter(key=key)

    def effect() -> object:
        record.refresh_from_db()
        return made.count(), record.num_allocated

    return Click(market.school.requester, address, effect, (1, 300), {**DELIVERY, "key": key})


@click("buyer/submit/")
def submit(market: Market) -> Click:
    return submission(market, "one", "/buyer/submit/")


@click("buyer/submit/<int:institution_pk>/")
def submit_for(market: Market) -> Click:
    return submission(market, "two", f"/buyer/submit/{market.school.institution.pk}/")


@click("buyer/requests/<int:pk>/approve/")
def approve(market: Market) -> Click:
    asked = market.request()
    made = Purchase.objects.filter(request=asked)
    return Click(market.school.approver, f"/buyer/requests/{asked.pk}/approve/", made.count, 1)


@click("buyer/requests/<int:pk>/reject/")
def reject(market: Market) -> Click:
    asked = market.request()
    address, data = f"/buyer/requests/{asked.pk}/reject/", {"reason": "超出预算"}
    return Click(market.school.approver, address, asked.decisions.count, 1, data)


@click("buyer/requests/<int:pk>/withdraw/")
def withdraw(market: Market) -> Click:
    asked = market.request()
    effect = trail("procurement.request_withdrawn", asked)
    return Click(market.school.requester, f"/buyer/requests/{asked.pk}/withdraw/", effect, 1)


@click("buyer/orders/<slug:number>/accept/")
def accept(market: Market) -> Click:
    order = market.order(shipped=300)
    accepted = Receipt.objects.filter(order=order).values_list("lines__accepted", flat=True)
    line = order.lines.get().pk
    data = {**of_line(order, 0), f"accepted_{line}": 100, f"rejected_{line}": 0}
    return Click(market.school.receiver, path(order, "accept"), lambda: list(accepted.all()), [100], data)


@click("buyer/orders/<slug:number>/cancel/")
def cancel(market: Market) -> Click:
    order = market.order(shipped=100)
    cancelled = Cancellation.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 50), "reason": "停课"}
    return Click(market.school.requester, path(order, "cancel"), lambda: list(cancelled.all()), [50], data)


@click("buyer/orders/<slug:number>/return/")
def give_back(market: Market) -> Click:
    order = market.order(shipped=300, accepted=True)
    returned = Return.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 20), "reason": "霉变"}
    return Click(market.school.receiver, path(order, "return"), lambda: list(returned.all()), [20], data)


@click("buyer/orders/<slug:number>/pay/")
def pay(market: Market) -> Click:
    order = market.order()
    data = {"amount": "300.00", "paid_on": market.today.isoformat(), "bank_reference": "B1"}
    effect = Payment.objects.filter(order=order).count
    return Click(market.school.finance, path(order, "pay"), effect, 1, data)


@click("buyer/orders/<slug:number>/repayments/<int:pk>/confirm/")
def confirm_repayment(market: Market) -> Click:
    order = market.overpaid()
    address = path(order, f"repayments/{market.repayment(order).pk}/confirm")
    return Click(market.school.finance, address, lambda: order.lines.get().repaid_fen, 7_000)
