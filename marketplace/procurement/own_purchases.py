"""What an individual bought for themselves, and what waits for them: never anybody else's."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from marketplace.accounts.models import User
from marketplace.order.models import Line, Order
from marketplace.procurement.models import OnlinePayment, Payment, PurchaseRequest
from marketplace.procurement.queries import request_with_lines

# Some sale units of the order are with the carrier.
ON_THE_WAY = Exists(
    Line.objects.filter(
        order=OuterRef("pk"), quantity_shipped__gt=F("quantity_accepted") + F("quantity_rejected")
    )
)


def orders_of_individual(user: User) -> QuerySet[Order]:
    """The orders that the user bought for themselves, newest first."""
    return (
        Order.objects.filter(purchase__institution__isnull=True, purchase__buyer=user)
        .select_related("supplier", "purchase")
        .order_by("-date_placed", "-pk")
    )


def requests_of_individual(user: User) -> QuerySet[PurchaseRequest]:
    """What the user checked out for themselves, newest first."""
    own = PurchaseRequest.objects.of_individuals().filter(requester=user)
    return own.select_related("institution", "requester").newest_first()


def orders_on_the_way(user: User) -> QuerySet[Order]:
    """Those of them with goods that the user can receive."""
    return orders_of_individual(user).filter(ON_THE_WAY)


def with_pictures(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with their lines and the photos of the goods, for a list."""
    lines = Line.objects.select_related("product").prefetch_related("product__images").order_by("pk")
    return orders.prefetch_related(Prefetch("lines", lines))


def own_request(user: User, request_id: int) -> PurchaseRequest:
    """One of the user's own requests with its lines and payments; a fixed number of queries.

    Raises:
        PurchaseRequest.DoesNotExist: there is none, or it is not theirs, or an institution's.
    """
    request = request_with_lines(user, request_id)
    if not request.is_individual:
        raise PurchaseRequest.DoesNotExist
    return request


def payments_that_bought_nothing(request: PurchaseRequest) -> list[OnlinePayment]:
    """What was paid for the request and goes, or went, back; oldest first."""
    back = ~Q(outcome=OnlinePayment.Outcome.BOUGHT)
    return list(request.online_payments.filter(back).order_by("received_at", "pk"))


def requests_to_pay(user: User, now: datetime) -> QuerySet[PurchaseRequest]:
    """What the user has checked out and not paid yet, what runs out first on top."""
    own = PurchaseRequest.objects.of_individuals().filter(requester=user)
    return own.pending().filter(expires_at__gt=now).order_by("expires_at", "pk")


def money_to_come_back(user: User) -> QuerySet[OnlinePayment]:
    """What the user paid for nothing and has not got back yet, oldest first."""
    return (
        OnlinePayment.objects.filter(
            outcome=OnlinePayment.Outcome.TO_REFUND,
            request__institution__isnull=True,
            request__requester=user,
        )
        .select_related("request")
        .order_by("received_at", "pk")
    )


def own_repayments_to_confirm(user: User) -> QuerySet[Payment]:
    """Money that suppliers say they paid back and that the user is to confirm, oldest first."""
    return (
        Payment.objects.filter(
            direction=Payment.Direction.REPAYMENT,
            confirmed_at__isnull=True,
            order__purchase__institution__isnull=True,
            order__purchase__buyer=user,
        )
        .select_related("order__supplier")
        .order_by("recorded_at", "pk")
    )
