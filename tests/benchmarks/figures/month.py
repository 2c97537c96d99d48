"""A month of a big province: orders and journal, verified."""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from marketplace.core.database.commits import unhurried_commits
from marketplace.core.database.roles import as_owner
from marketplace.core.periods import Window, shanghai_day
from marketplace.county_figures import verification
from marketplace.demo.scale import large
from marketplace.demo.scale.copying import Plan
from marketplace.order.models import Line, Order
from marketplace.procurement.dues import due_fen
from marketplace.procurement.models import Payment
from marketplace.procurement.services import fulfilment, payments
from marketplace.sales_journal.models import JournalEntry
from tests.benchmarks.our_goods import OurGoods
from tests.benchmarks.report import table
from tests.factories import trade
from tests.factories.members import SupplierRole

LINES = 200
GOAL_SECONDS = 15


@dataclass(frozen=True)
class Verified:
    """How long each check of the month took, in seconds."""

    rows: int
    lines: int
    checks: dict[str, float]
    full: float

    def table(self) -> str:
        """Markdown; the goal is for a month of a million rows."""
        month = sum(self.checks.values())
        per_million = 1_000_000 / self.rows
        lines = [[name.replace("_", " "), f"{seconds:.1f}", ""] for name, seconds in self.checks.items()]
        goal = f"≤ {GOAL_SECONDS}" if self.rows == 1_000_000 else ""
        lines.append(["**the month**", f"{month:.1f}", goal])
        lines.append(["the month, for a million rows", f"{month * per_million:.1f}", f"≤ {GOAL_SECONDS}"])
        lines.append(["the full run", f"{self.full:.1f}", ""])
        return table(["check", "s", "goal"], lines)


def measured(rows: int) -> Verified:
    """Makes the month and verifies it.

    Raises:
        SystemExit: a check finds a difference.
    """
    fill(rows)
    month = Window.month(shanghai_day(timezone.now()))
    checks = {check.__name__: seconds(check, month) for check in verification.CHECKS}
    full = seconds(verification.differences, Window(dt.date(1970, 1, 1), dt.date(9999, 1, 1)))
    return Verified(JournalEntry.objects.count(), Line.objects.count(), checks, full)


def seconds(check: verification.Check, window: Window) -> float:
    """How long the check takes; it must find nothing."""
    begun = time.monotonic()
    if found := list(check(window)):
        raise SystemExit(f"error: {check} finds {found[:3]}")
    return time.monotonic() - begun


def fill(rows: int) -> None:
    """One purchase led through the services, copied until the journal has so many rows."""
    trade.land()
    unit, goods = trade.unit(), OurGoods()
    goods.stock_up(LINES)
    now = timezone.now()
    purchase = trade.bought(unit, goods.first(LINES), now)
    for order in purchase.orders.all():
        sold(order, unit, now)
    copies = -(-rows // JournalEntry.objects.count()) - 1
    with unhurried_commits():
        plan = Plan(goods_copies=0, trade_copies=copies)
        large.copy_all(plan, lambda line: sys.stderr.write(f"{line}\n"))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def sold(order: Order, unit: trade.Unit, now: dt.datetime) -> None:
    """The order shipped, accepted and paid, all of it."""
    cadre = order.supplier.memberships.get(role=SupplierRole.CADRE).user
    by_supplier = {"order_id": order.pk, "actor": cadre, "now": now}
    fulfilment.confirm_order(**by_supplier)
    fulfilment.ship_order(**by_supplier, carrier="邮政", tracking_number="1")
    receipt = fulfilment.receive_order(order_id=order.pk, actor=unit.receiver, judgements=None, now=now)
    accepted = receipt.order
    payment = payments.record_payment(
        order_id=order.pk,
        actor=unit.finance,
        direction=Payment.Direction.PAYMENT,
        amount_fen=due_fen(accepted, accepted.lines.all(), Payment.Direction.PAYMENT),
        paid_on=shanghai_day(now),
        bank_reference="YH1",
        now=now,
    )
    payments.confirm_payment(payment_id=payment.pk, actor=cadre, now=now)
