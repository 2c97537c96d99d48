"""Purchase requests: submitted, checked out, withdrawn, rejected, expired.

How a request becomes a purchase is in placing.py (approval) and online.py (payment).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner import services as stock
from marketplace.accounts.models import User
from marketplace.basket.models import Basket
from marketplace.basket.queries import PricedLine, priced_lines
from marketplace.core import rows
from marketplace.core.audit import services as audit
from marketplace.core.permissions import require
from marketplace.core.templatetags.formats import fen_cny
from marketplace.institutions.models import Institution
from marketplace.procurement import notices, permissions
from marketplace.procurement.gateways import require_gateway
from marketplace.procurement.models import Decision, PurchaseRequest, RequestLine
from marketplace.procurement.services.amounts import require_possible_amounts
from marketplace.procurement.services.delivery import Delivery, require_possible

Status = PurchaseRequest.Status


class EmptyBasket(Exception):
    """There is nothing in the basket to ask for."""

    def __init__(self) -> None:
        super().__init__(_("The basket is empty. Put products into it first."))


class PricesChanged(Exception):
    """What is asked for comes to `total_fen` now; its sender was shown `seen_fen`."""

    def __init__(self, seen_fen: int, total_fen: int) -> None:
        text = _(
            "The total has changed: you saw %(seen)s, now it is %(total)s. Nothing has been submitted or "
            "reserved. Check the present prices and freight, then submit again."
        )
        super().__init__(text % {"seen": fen_cny(seen_fen), "total": fen_cny(total_fen)})
        self.seen_fen = seen_fen
        self.total_fen = total_fen


class NotPending(Exception):
    """The request waits for nothing any more; `status` says what became of it."""

    def __init__(self, request: PurchaseRequest) -> None:
        label = str(request.get_status_display())
        text = _("This request can no longer be changed: %(status)s.")
        if request.is_individual:
            text = _("This purchase can no longer be changed: %(status)s.")
        super().__init__(text % {"status": label})
        self.status = request.status


def reservation_period() -> timedelta:
    """How long a submitted request keeps its stock; shown to both sides."""
    return timedelta(hours=settings.RESERVATION_HOURS)


def payment_period() -> timedelta:
    """How long what an individual checks out keeps its stock; shown to them."""
    return timedelta(minutes=settings.PAYMENT_MINUTES)


def submit_request(
    *,
    user: User,
    institution: Institution,
    key: str,
    delivery: Delivery,
    now: datetime,
    seen_fen: int | None = None,
) -> PurchaseRequest:
    """The pending request made of the user's basket for the institution, its stock reserved.

    The same key again gives the same request and changes nothing. `seen_fen` is the total, goods and freight,
    that the user was shown.

    Raises:
        PermissionDenied: the user is no requester of the institution.
        EmptyBasket: the basket has no lines.
        InvalidDelivery: names the fields of a delivery that is not possible.
        AmountTooLarge: names the lines that come to more than an order holds.
        PricesChanged: the basket does not come to what was shown.
        stock.NotSellable: names each line that cannot be had now.
    """
    require(allowed=permissions.can_submit(user, institution))
    with transaction.atomic():
        expires_at = now + reservation_period()
        request, is_new = frozen(user, institution, key, delivery, now, expires_at, seen_fen)
        if is_new:
            notices.request_submitted(request, institution, now)
    return request


def check_out(
    *, user: User, key: str, delivery: Delivery, now: datetime, seen_fen: int | None = None
) -> PurchaseRequest:
    """The pending request made of the user's basket for themselves: reserved until they have paid.

    The same key again gives the same request and changes nothing. `seen_fen` is the total, goods and freight,
    that the user was shown.

    Raises:
        NoGateway: nobody can pay online here; nothing is reserved then.
        EmptyBasket: the basket has no lines.
        InvalidDelivery: names the fields of a delivery that is not possible.
        AmountTooLarge: names the lines that come to more than an order holds.
        PricesChanged: the basket does not come to what was shown.
        stock.NotSellable: names each line that cannot be had now.
    """
    require_gateway()
    with transaction.atomic():
        request, _is_new = frozen(user, None, key, delivery, now, now + payment_period(), seen_fen)
    return request


def frozen(
    user: User,
    institution: Institution | None,
    key: str,
    delivery: Delivery,
    now: datetime,
    expires_at: datetime,
    seen_fen: int | None,
) -> tuple[PurchaseRequest, bool]:
    """The request that the basket has become, its stock reserved; and whether it is new under this key."""
    basket = lock_basket(user, institution)
    known = PurchaseRequest.objects.filter(institution=institution, requester=user, key=key).first()
    if known is not None:
        return known, False
    if basket is None:
        raise EmptyBasket
    stock.lock_stock(basket.lines.values_list("stockrecord_id", flat=True))
    lines = priced_lines(basket, now)
    if not lines:
        raise EmptyBasket
    request = freeze(user, institution, key, delivery, lines, now, expires_at, seen_fen)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)
    return request, True


def freeze(
    user: User,
    institution: Institution | None,
    key: str,
    delivery: Delivery,
    lines: list[PricedLine],
    now: datetime,
    expires_at: datetime,
    seen_fen: int | None,
) -> PurchaseRequest:
    """The pending request of these lines at the prices of this moment, their stock reserved.

    Raises:
        InvalidDelivery: names the fields of a delivery that is not possible.
        AmountTooLarge: names the lines that come to more than an order holds.
        PricesChanged: they do not come to what was seen.
        stock.NotSellable: names each line that cannot be had now.
    """
    require_possible(delivery, now, for_institution=institution is not None)
    request = create_request(user, institution, key, delivery, lines, now, expires_at)
    if seen_fen is not None and seen_fen != request.total_fen:
        raise PricesChanged(seen_fen, request.total_fen)
    stock.reserve(
        source_key=request.source_key,
        lines={priced.line.stockrecord_id: priced.line.quantity for priced in lines},
        expires_at=request.expires_at,
        now=now,
    )
    audit.record(action="procurement.request_submitted", target=request, after=summary(request))
    return request


def lock_basket(user: User, institution: Institution | None) -> Basket | None:
    """The open basket, locked: of two submissions the second finds it submitted, and then the request."""
    return (
        Basket.objects.select_for_update()
        .filter(owner=user, institution=institution, status=Basket.OPEN)
        .first()
    )


def create_request(
    user: User,
    institution: Institution | None,
    key: str,
    delivery: Delivery,
    lines: list[PricedLine],
    now: datetime,
    expires_at: datetime,
) -> PurchaseRequest:
    """The saved request with its frozen lines; two statements whatever the number of lines.

    Raises:
        AmountTooLarge: names the lines that come to more than an order holds.
    """
    require_possible_amounts(lines)
    freight = freight_by_supplier(lines)
    request = PurchaseRequest.objects.create(
        institution=institution,
        requester=user,
        key=key,
        submitted_at=now,
        expires_at=expires_at,
        goods_fen=sum(int(priced.line_price * 100) for priced in lines),
        freight_fen=sum(freight.values()),
        freight_by_supplier=freight,
        line_count=len(lines),
        **vars(delivery),
    )
    rows.insert(
        RequestLine(
            request=request,
            stock_record_id=priced.line.stockrecord_id,
            product_id=priced.line.product_id,
            supplier_id=priced.line.stockrecord.partner_id,
            title=priced.line.product.title,
            quantity=priced.line.quantity,
            unit_price=priced.unit_price,
            campaign=priced.campaign,
        )
        for priced in lines
    )
    return request


def freight_by_supplier(lines: list[PricedLine]) -> dict[str, int]:
    """The flat freight in fen of every supplier among the lines, by the supplier's id."""
    suppliers = {priced.line.stockrecord.partner_id: priced.line.stockrecord.partner for priced in lines}
    return {str(pk): int(supplier.flat_freight * 100) for pk, supplier in sorted(suppliers.items())}


def withdraw_request(*, request_id: int, actor: User, now: datetime) -> PurchaseRequest:
    """The request taken back by its requester; its stock is free again."""
    with transaction.atomic():
        request = lock_pending(request_id)
        require(allowed=permissions.can_withdraw(actor, request))
        end_request(request, Status.WITHDRAWN, now)
    return request


def reject_request(*, request_id: int, approver: User, reason: str, now: datetime) -> PurchaseRequest:
    """The request rejected with a reason that the requester sees; its stock is free again."""
    with transaction.atomic():
        request = lock_pending(request_id)
        permissions.require_decider(approver, request)
        Decision.objects.create(
            request=request,
            approver=approver,
            verdict=Decision.Verdict.REJECTED,
            reason=reason,
            decided_at=now,
        )
        end_request(request, Status.REJECTED, now)
        notices.request_rejected(request, reason, now)
    return request


def expire_requests(*, now: datetime) -> int:
    """Ends every request whose reservation has run out; how many. Repeating it changes nothing."""
    overdue = PurchaseRequest.objects.overdue(now).order_by("pk").values_list("pk", flat=True)
    return sum(expire_request(request_id=pk, now=now) for pk in list(overdue))


def expire_request(*, request_id: int, now: datetime) -> bool:
    """Ends the request if it still waits although its reservation has run out; whether it did."""
    with transaction.atomic():
        request = PurchaseRequest.objects.select_for_update().get(pk=request_id)
        if request.status != Status.PENDING or request.expires_at > now:
            return False
        end_request(request, Status.EXPIRED, now)
        notices.request_expired(request, now)
    return True


def lock_pending(request_id: int) -> PurchaseRequest:
    """The request, locked.

    Raises:
        NotPending: it has been decided, paid or withdrawn, or has expired.
    """
    request = PurchaseRequest.objects.select_for_update().get(pk=request_id)
    if request.status != Status.PENDING:
        raise NotPending(request)
    return request


def end_request(request: PurchaseRequest, status: Status, now: datetime) -> None:
    """The locked request leaves `pending` without a purchase, and gives its stock back."""
    before = summary(request)
    request.status = status
    request.decided_at = now
    request.save(update_fields=["status", "decided_at"])
    stock.release(source_key=request.source_key, now=now, reason=status.value)
    audit.record(
        action=f"procurement.request_{status.value}", target=request, before=before, after=summary(request)
    )


def summary(request: PurchaseRequest) -> dict[str, object]:
    """What the audit trail keeps of a request."""
    return {"status": request.status, "lines": request.line_count, "total_fen": request.total_fen}
