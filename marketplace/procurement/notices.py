"""Mails to those who must act next; through the outbox, so never without the fact and never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings

from catalog.partner.models import SupplierMembership
from marketplace.core.templatetags.formats import fen_plain
from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.order.models import Order, Purchase
from marketplace.outbox import services as outbox
from marketplace.outbox.services import Mail
from marketplace.procurement.models import OnlinePayment, PurchaseRequest

Role = InstitutionMembership.Role


def request_submitted(request: PurchaseRequest, institution: Institution, now: datetime) -> None:
    """To the institution's approvers: a request waits for them."""
    request_changed(request, "submitted", member_addresses(institution.pk, Role.APPROVER), now)


def request_rejected(request: PurchaseRequest, reason: str, now: datetime) -> None:
    """To the requester: rejected, and why."""
    request_changed(request, "rejected", addresses([request.requester.email]), now, reason=reason)


def request_expired(request: PurchaseRequest, now: datetime) -> None:
    """To the requester: nobody decided, or they did not pay, in time; the stock is free again."""
    event = "unpaid" if request.is_individual else "expired"
    request_changed(request, event, addresses([request.requester.email]), now)


def request_paid(request: PurchaseRequest, now: datetime) -> None:
    """To the individual: paid, the suppliers have been told."""
    request_changed(request, "paid", addresses([request.requester.email]), now)


def payment_refunded(payment: OnlinePayment, now: datetime) -> None:
    """To the individual: what came for nothing has gone back, and why it could not buy."""
    request = payment.request
    request_changed(
        request,
        "refunded",
        addresses([request.requester.email]),
        now,
        key=f"refunded:{payment.pk}",
        amount=fen_plain(payment.amount_fen),
        why=payment.reason,
    )


def request_changed(
    request: PurchaseRequest, event: str, to: list[str], now: datetime, *, key: str = "", **facts: str
) -> None:
    """What happened to a request: no names, no numbers of persons. `key` where it can happen twice."""
    institution = request.institution
    page = f"/buyer/requests/{request.pk}/" if institution else f"/account/purchases/{request.pk}/"
    context = {
        "event": event,
        "institution": institution.name if institution else "",
        "lines": request.line_count,
        "total": fen_plain(request.total_fen),
        "hours": settings.RESERVATION_HOURS,
        "action_url": url(page),
        **facts,
    }
    dedupe_key = f"request:{key or f'{event}:{request.pk}'}"
    mail = Mail(to=to, template="request_changed", context=context, dedupe_key=dedupe_key)
    outbox.enqueue_mails(mails=[mail], now=now)


def purchase_placed(purchase: Purchase, orders: Mapping[int, Order], now: datetime) -> None:
    """To every supplier of a new purchase: an order to confirm; one statement whatever their number."""
    to = supplier_addresses(orders)
    mails = [
        order_mail(order, "placed", f"placed:{order.pk}", to.get(supplier_id, []), "supplier")
        for supplier_id, order in sorted(orders.items())
    ]
    outbox.enqueue_mails(mails=mails, now=now)


def tell_buyer(order: Order, event: str, key: str, now: datetime, *, reason: str = "") -> None:
    """To the buying side: what the supplier did with the order; an individual finds it in their account."""
    portal = "account" if order.purchase.is_individual else "buyer"
    mail = order_mail(order, event, key, buyer_addresses(order), portal, reason=reason)
    outbox.enqueue_mails(mails=[mail], now=now)


def tell_supplier(order: Order, event: str, key: str, now: datetime, *, reason: str = "") -> None:
    """To the supplier's members: what the buying side did with the order."""
    to = supplier_addresses({order.supplier_id: order}).get(order.supplier_id, [])
    outbox.enqueue_mails(mails=[order_mail(order, event, key, to, "supplier", reason=reason)], now=now)


def order_mail(order: Order, event: str, key: str, to: list[str], portal: str, *, reason: str = "") -> Mail:
    """The mail about an order, with the way to its page in the receiver's portal."""
    context = {
        "event": event,
        "number": order.number,
        "reason": reason,
        "action_url": url(f"/{portal}/orders/{order.number}/"),
    }
    return Mail(to=to, template="order_changed", context=context, dedupe_key=f"order:{portal}:{key}")


def buyer_addresses(order: Order) -> list[str]:
    """Where the buying side of an order is told: its receivers and the requester."""
    purchase = order.purchase
    receivers = member_addresses(purchase.institution_id, Role.RECEIVER) if purchase.institution_id else []
    return addresses([*receivers, purchase.buyer.email])


def supplier_addresses(orders: Mapping[int, Order]) -> dict[int, list[str]]:
    """Supplier id → the addresses of its active members; one query."""
    found: dict[int, list[str]] = {}
    rows = (
        SupplierMembership.objects.filter(partner_id__in=list(orders), is_active=True, user__is_active=True)
        .order_by("pk")
        .values_list("partner_id", "user__email")
    )
    for supplier_id, email in rows:
        if email:
            found.setdefault(supplier_id, []).append(email)
    return found


def member_addresses(institution_id: int, role: Role) -> list[str]:
    """The addresses of an institution's active members in one role."""
    members = InstitutionMembership.objects.filter(
        institution_id=institution_id, role=role, is_active=True, user__is_active=True
    )
    return addresses(members.order_by("pk").values_list("user__email", flat=True))


def addresses(found: Iterable[str | None]) -> list[str]:
    """The addresses that are there, each once, in order: who has no e-mail sees it in the portal."""
    return list(dict.fromkeys(address for address in found if address))


def url(path: str) -> str:
    """The full address of a page of ours, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
