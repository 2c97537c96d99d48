"""A cadre's forms about an order and its money."""

from marketplace.order.models import Order
from marketplace.procurement.models import Cancellation, Payment, Shipment
from marketplace.procurement.services.orders import moved_so_far
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import Market


def path(order: Order, step: str) -> str:
    return f"/supplier/orders/{order.number}/{step}/"


def of_line(order: Order, quantity: int) -> dict[str, object]:
    """So many units of the order's line, as a form sends them that was made now."""
    return {f"quantity_{order.lines.get().pk}": quantity, "seen": moved_so_far(order.lines.all())}


@click("supplier/orders/<slug:number>/confirm/")
def confirm(market: Market) -> Click:
    order = market.order()
    return Click(market.farm.cadre, path(order, "confirm"), trail("procurement.order_confirmed", order), 1)


@click("supplier/orders/<slug:number>/confirm-less/")
def confirm_less(market: Market) -> Click:
    order = market.order()
    cancelled = Cancellation.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 200), "reason": "雨后减产"}
    return Click(market.farm.cadre, path(order, "confirm-less"), lambda: list(cancelled.all()), [100], data)


@click("supplier/orders/<slug:number>/refuse/")
def refuse(market: Market) -> Click:
    order = market.order()
    effect = Cancellation.objects.filter(order=order).count
    return Click(market.farm.cadre, path(order, "refuse"), effect, 1, {"reason": "过季了"})


@click("supplier/orders/<slug:number>/cancel/")
def cancel(market: Market) -> Click:
    order = market.order(shipped=100)
    cancelled = Cancellation.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 50), "reason": "塌方"}
    return Click(market.farm.cadre, path(order, "cancel"), lambda: list(cancelled.all()), [50], data)


@click("supplier/orders/<slug:number>/ship/")
def ship(market: Market) -> Click:
    order = market.order()
    market.confirm(order)
    shipped = Shipment.objects.filter(order=order).values_list("lines__quantity", flat=True)
    data = {**of_line(order, 100), "carrier": "邮政快递", "tracking_number": "EMS 1"}
    return Click(market.farm.cadre, path(order, "ship"), lambda: list(shipped.all()), [100], data)


@click("supplier/orders/<slug:number>/repay/")
def repay(market: Market) -> Click:
    order = market.overpaid()
    repaid = Payment.objects.filter(order=order, direction=Payment.Direction.REPAYMENT)
    data = {"amount": "30.00", "paid_on": market.today.isoformat(), "bank_reference": "R1"}
    return Click(market.farm.cadre, path(order, "repay"), repaid.count, 1, data)


@click("supplier/orders/<slug:number>/payments/<int:pk>/confirm/")
def confirm_payment(market: Market) -> Click:
    order = market.order()
    payment = market.payment(order)
    address = f"/supplier/orders/{order.number}/payments/{payment.pk}/confirm/"
    return Click(market.farm.cadre, address, lambda: order.lines.get().paid_fen, 105_000)
