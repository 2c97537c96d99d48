"""What waits for a supplier, and what it sold; whose member may see it is asked before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from catalog.partner.models import Partner
from marketplace.core.masks import mask_name
from marketplace.core.periods import Window, start_of
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment
from marketplace.procurement.dues import OUTSTANDING, priced
from marketplace.procurement.models import Payment

ZERO = Decimal(0)
# Some sale units of the order are neither shipped nor cancelled.
HAS_OPEN = Exists(
    Line.objects.filter(order=OuterRef("pk"), quantity__gt=F("quantity_cancelled") + F("quantity_shipped"))
)
UNDER_WAY = (Fulfilment.CONFIRMED, Fulfilment.PART_SHIPPED, Fulfilment.PART_ACCEPTED)

# Each order is in exactly one of these.
STAGES: dict[str, Q] = {
    "to_confirm": Q(status=Fulfilment.CONTRACTED),
    "to_ship": Q(status__in=UNDER_WAY) & Q(HAS_OPEN),
    "to_receive": Q(status=Fulfilment.SHIPPED) | (Q(status=Fulfilment.PART_ACCEPTED) & ~Q(HAS_OPEN)),
    "done": Q(status__in=(Fulfilment.ACCEPTED, Fulfilment.RETURNED, Fulfilment.CANCELLED)),
}


def buyer_of(order: Order) -> str:
    """Who bought: the institution's name; of a private person only as much as tells orders apart."""
    purchase = order.purchase
    if purchase.institution:
        return purchase.institution.name
    return _("%(name)s (private buyer)") % {"name": mask_name(purchase.buyer.get_full_name())}


def orders_of(supplier: Partner) -> QuerySet[Order]:
    """The supplier's orders, newest first."""
    return (
        Order.objects.filter(supplier=supplier)
        .select_related("supplier", "purchase__institution")
        .order_by("-date_placed", "-pk")
    )


def orders_in_stage(supplier: Partner, stage: str) -> QuerySet[Order]:
    """The supplier's orders in one of STAGES; all of them for any other word."""
    orders = orders_of(supplier)
    return orders.filter(STAGES[stage]) if stage in STAGES else orders


def stage_counts(supplier: Partner) -> dict[str, int]:
    """Stage → how many of the supplier's orders are there; one query."""
    counts = {stage: Count("pk", filter=condition) for stage, condition in STAGES.items()}
    return dict(orders_of(supplier).order_by().aggregate(**counts))


def next_orders(supplier: Partner, stage: str) -> QuerySet[Order]:
    """The orders of a stage, wanted soonest first, then oldest first."""
    return orders_in_stage(supplier, stage).order_by(
        F("purchase__wanted_on").asc(nulls_last=True), "date_placed", "pk"
    )


def payments_to_confirm(supplier: Partner) -> QuerySet[Payment]:
    """What buyers say that they paid and the supplier has not confirmed yet, oldest first."""
    return (
        Payment.objects.filter(
            direction=Payment.Direction.PAYMENT,
            confirmed_at__isnull=True,
            order__supplier=supplier,
        )
        .select_related("order__purchase__institution")
        .order_by("recorded_at", "pk")
    )


def orders_to_repay(supplier: Partner) -> QuerySet[Order]:
    """Orders of which the supplier can still record money as paid back; oldest first."""
    recorded = (
        Payment.objects.filter(
            order=OuterRef("pk"), direction=Payment.Direction.REPAYMENT, confirmed_at__isnull=True
        )
        .order_by()
        .values("order")
        .annotate(fen=Sum("amount_fen"))
        .values("fen")
    )
    return (
        orders_of(supplier)
        .alias(outstanding=OUTSTANDING, recorded=Coalesce(Subquery(recorded), 0))
        .filter(outstanding__lt=-F("recorded"))
        .order_by("date_placed", "pk")
    )


@dataclass(frozen=True, slots=True)
class SupplierFigures:
    """Goods ordered in a window and what became of them, in fen; freight left out."""

    ordered_fen: int
    accepted_fen: int
    paid_fen: int


def supplier_figures(supplier: Partner, window: Window) -> SupplierFigures:
    """The sums over the orders that the supplier got in the window; one query.

    Ordered leaves out what was cancelled, accepted what was returned, paid what was paid back.
    """
    sums = Line.objects.filter(
        order__supplier=supplier,
        order__date_placed__gte=start_of(window.start),
        order__date_placed__lt=start_of(window.end),
    ).aggregate(
        ordered=Sum(priced(F("quantity") - F("quantity_cancelled")), default=ZERO),
        accepted=Sum(priced(F("quantity_accepted") - F("quantity_returned")), default=ZERO),
        paid=Sum(F("paid_fen") - F("repaid_fen"), default=0),
    )
    return SupplierFigures(int(sums["ordered"] * 100), int(sums["accepted"] * 100), int(sums["paid"]))
