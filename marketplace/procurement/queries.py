"""Requests, orders and purchases, read: always narrowed to those that the user may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from catalog.partner import permissions as suppliers
from marketplace.accounts.models import User
from marketplace.core.periods import Window, start_of_day
from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.order import status
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.status import Fulfilment, freight_payable_fen, owed_fen, paid_fen
from marketplace.procurement.dues import priced
from marketplace.procurement.models import (
    Cancellation,
    Decision,
    Payment,
    PurchaseRequest,
    Receipt,
    RequestLine,
    Return,
    Shipment,
    ShipmentLine,
)

Role = InstitutionMembership.Role
# Due 30 days after acceptance unless agreed otherwise: 保障中小企业款项支付条例, article 8.
PAYMENT_TERM = timedelta(days=30)
ZERO = Decimal(0)


def requests_of(user: User) -> QuerySet[PurchaseRequest]:
    """The requests of the user's institutions, newest first."""
    requests = PurchaseRequest.objects.visible_to(user).of_institutions()
    return requests.select_related("institution", "requester").newest_first()


def request_with_lines(user: User, request_id: int) -> PurchaseRequest:
    """One request with its lines and its trail, in three queries.

    Raises:
        PurchaseRequest.DoesNotExist: there is none, or it is not the user's to see.
    """
    lines = RequestLine.objects.select_related("supplier", "product__origin_village", "campaign").order_by(
        "supplier_id", "pk"
    )
    decisions = Decision.objects.select_related("approver").order_by("decided_at", "pk")
    return (
        PurchaseRequest.objects.visible_to(user)
        .select_related("institution", "requester", "purchase")
        .prefetch_related(Prefetch("lines", lines), Prefetch("decisions", decisions))
        .get(pk=request_id)
    )


def last_request(user: User, institution: Institution | None) -> PurchaseRequest | None:
    """The user's last for the institution (None: for themselves): the next often goes to the same place."""
    return PurchaseRequest.objects.filter(institution=institution, requester=user).newest_first().first()


def request_counts(institution: Institution) -> dict[str, int]:
    """Status → how many of the institution's requests stand there; one query."""
    found = PurchaseRequest.objects.filter(institution=institution)
    return dict(found.order_by().values_list("status").annotate(Count("pk")))


def decisions_waiting(user: User, now: datetime) -> dict[int, int]:
    """Institution's id → how many of its requests wait for the user's approval; one query."""
    waiting = requests_to_decide(user, now).order_by().values_list("institution_id")
    return dict(waiting.annotate(Count("pk")))


def requests_to_decide(user: User, now: datetime) -> QuerySet[PurchaseRequest]:
    """What waits for the user's approval, what runs out first on top; never the user's own requests."""
    return (
        PurchaseRequest.objects.pending()
        .filter(
            expires_at__gt=now,
            institution__memberships__user=user,
            institution__memberships__role=Role.APPROVER,
            institution__memberships__is_active=True,
        )
        .exclude(requester=user)
        .select_related("institution", "requester")
        .order_by("expires_at", "pk")
    )


def purchases_of(user: User) -> QuerySet[Purchase]:
    """The purchases of the user's institutions, newest first, each with its orders."""
    orders = Order.objects.select_related("supplier").order_by("number")
    return (
        Purchase.objects.filter(institution__in=Institution.objects.of_member(user))
        .select_related("institution", "buyer", "approved_by")
        .prefetch_related(Prefetch("orders", orders))
        .order_by("-placed_at", "-pk")
    )


def orders_of_buyer(user: User) -> QuerySet[Order]:
    """The orders of the user's institutions, newest first."""
    return (
        Order.objects.filter(purchase__institution__in=Institution.objects.of_member(user))
        .select_related("supplier", "purchase__institution")
        .order_by("-date_placed", "-pk")
    )


def orders_to_receive(user: User) -> QuerySet[Order]:
    """Orders with goods on the way that the user may accept, earliest wanted first."""
    on_the_way = Line.objects.filter(
        order=OuterRef("pk"), quantity_shipped__gt=F("quantity_accepted") + F("quantity_rejected")
    )
    return (
        orders_of_role(user, Role.RECEIVER)
        .filter(Exists(on_the_way))
        .order_by(F("purchase__wanted_on").asc(nulls_last=True), "date_placed", "pk")
    )


def orders_to_pay(user: User) -> QuerySet[Order]:
    """Orders that the user may pay, with `accepted_at`; longest accepted first.

    They owe accepted goods; or, where everything was refused or sent back, the freight alone. An order with a
    recorded payment that is not confirmed yet waits for the supplier, not for the user.
    """
    unconfirmed = Payment.objects.filter(
        order=OuterRef("pk"), direction=Payment.Direction.PAYMENT, confirmed_at__isnull=True
    )
    received = Receipt.objects.filter(order=OuterRef("pk")).order_by("-at").values("at")[:1]
    kept = Line.objects.filter(order=OuterRef("pk"), quantity_accepted__gt=F("quantity_returned"))
    all_judged = (Fulfilment.ACCEPTED, Fulfilment.RETURNED)
    return (
        orders_of_role(user, Role.FINANCE)
        .filter(
            Q(Exists(kept), status__in=(Fulfilment.PART_ACCEPTED, Fulfilment.ACCEPTED))
            | Q(shipping_incl_tax__gt=0, status__in=all_judged),
            ~Exists(unconfirmed),
            payment_status__in=(status.Payment.UNPAID, status.Payment.PART),
        )
        .annotate(accepted_at=Subquery(received))
        .prefetch_related("lines", "payments")
        .order_by("accepted_at", "pk")
    )


def orders_of_role(user: User, role: InstitutionMembership.Role) -> QuerySet[Order]:
    """The orders of the institutions in which the user holds the role."""
    return Order.objects.filter(
        purchase__institution__memberships__user=user,
        purchase__institution__memberships__role=role,
        purchase__institution__memberships__is_active=True,
    ).select_related("supplier", "purchase__institution")


def repayments_to_confirm(user: User) -> QuerySet[Payment]:
    """Money that suppliers say they paid back and that the user is to confirm, oldest first."""
    return (
        Payment.objects.filter(
            direction=Payment.Direction.REPAYMENT,
            confirmed_at__isnull=True,
            order__in=orders_of_role(user, Role.FINANCE).values("pk"),
        )
        .select_related("order__supplier", "order__purchase__institution")
        .order_by("recorded_at", "pk")
    )


@dataclass(frozen=True)
class BuyerFigures:
    """What institutions ordered in a window and what became of it: goods in fen, freight left out."""

    ordered_fen: int
    accepted_fen: int
    paid_fen: int


def buyer_figures(institution: Institution, window: Window) -> BuyerFigures:
    """The sums over the orders that the institution placed in the window; one query.

    Ordered leaves out what was cancelled, accepted what was returned, paid what was paid back.
    """
    lines = Line.objects.filter(
        order__purchase__institution=institution,
        order__date_placed__gte=start_of_day(window.start),
        order__date_placed__lt=start_of_day(window.end),
    )
    sums = lines.aggregate(
        ordered=Sum(priced(F("quantity") - F("quantity_cancelled")), default=ZERO),
        accepted=Sum(priced(F("quantity_accepted") - F("quantity_returned")), default=ZERO),
        paid=Sum(F("paid_fen") - F("repaid_fen"), default=0),
    )
    return BuyerFigures(int(sums["ordered"] * 100), int(sums["accepted"] * 100), int(sums["paid"]))


def orders_of_supplier(user: User) -> QuerySet[Order]:
    """The orders of the user's suppliers, newest first; never another supplier's."""
    return (
        Order.objects.filter(supplier__in=suppliers.suppliers_of(user))
        .select_related("supplier", "purchase__institution", "purchase__buyer")
        .order_by("-date_placed", "-pk")
    )


def with_history(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with lines and everything that happened to them, in a fixed number of queries."""
    shipped = ShipmentLine.objects.select_related("line", "certificate").order_by("pk")
    shipments = Shipment.objects.select_related("actor").order_by("at", "pk")
    return orders.prefetch_related(
        Prefetch("lines", Line.objects.select_related("product", "campaign").order_by("pk")),
        Prefetch("shipments", shipments.prefetch_related(Prefetch("lines", shipped))),
        Prefetch(
            "receipts", Receipt.objects.select_related("actor").prefetch_related("lines").order_by("at", "pk")
        ),
        Prefetch("cancellations", Cancellation.objects.select_related("actor").order_by("at", "pk")),
        Prefetch("returns", Return.objects.select_related("actor").order_by("at", "pk")),
        Prefetch(
            "payments",
            Payment.objects.select_related("recorded_by", "confirmed_by").order_by("recorded_at", "pk"),
        ),
    )


@dataclass(frozen=True)
class StatementRow:
    """One supplier's account within a purchase; every amount in fen, tax included."""

    order: Order
    ordered_fen: int
    accepted_fen: int
    returned_fen: int
    freight_fen: int
    due_fen: int
    paid_fen: int

    @property
    def outstanding_fen(self) -> int:
        """What is still to be paid; negative where too much was paid."""
        return self.due_fen - self.paid_fen

    @property
    def overpaid_fen(self) -> int:
        """What the supplier has to pay back."""
        return max(-self.outstanding_fen, 0)


def statement_rows(orders: Iterable[Order]) -> list[StatementRow]:
    """The account of each order; takes orders with prefetched lines and costs no query."""
    return [statement_row(order, list(order.lines.all())) for order in orders]


def statement_row(order: Order, lines: list[Line]) -> StatementRow:
    """The order's account as its lines have it."""
    return StatementRow(
        order=order,
        ordered_fen=sum(line.quantity * line.unit_price_fen for line in lines),
        accepted_fen=sum(line.quantity_accepted * line.unit_price_fen for line in lines),
        returned_fen=sum(line.quantity_returned * line.unit_price_fen for line in lines),
        freight_fen=freight_payable_fen(order, lines),
        due_fen=owed_fen(order, lines),
        paid_fen=paid_fen(order, lines),
    )
