"""Mails to those who must act next; through the outbox, so never without the fact and never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings

from catalog.partner.models import SupplierMembership
from marketplace.core.templatetags.formats import fen_plain
from marketplace.institutions.models import InstitutionMembership
from marketplace.order.models import Order, Purchase
from marketplace.outbox import services as outbox
from marketplace.outbox.services import Mail
from marketplace.procurement.models import PurchaseRequest

Role = InstitutionMembership.Role


def request_submitted(request: PurchaseRequest, now: datetime) -> None:
    """To the institution's approvers: a request waits for them."""
    request_changed(request, "submitted", member_addresses(request.institution_id, Role.APPROVER), now)


def request_rejected(request: PurchaseRequest, reason: str, now: datetime) -> None:
    """To the requester: rejected, and why."""
    request_changed(request, "rejected", addresses([request.requester.email]), now, reason=reason)


def request_expired(request: PurchaseRequest, now: datetime) -> None:
    """To the requester: nobody decided in time, the stock is free again."""
    request_changed(request, "expired", addresses([request.requester.email]), now)


def request_changed(request: PurchaseRequest, event: str, to: list[str], now: datetime, **facts: str) -> None:
    """What happened to a request: no names, no numbers of persons."""
    context = {
        "event": event,
        "institution": request.institution.name,
        "lines": request.line_count,
        "total": fen_plain(request.total_fen),
        "hours": settings.RESERVATION_HOURS,
        "action_url": url(f"/buyer/requests/{request.pk}/"),
        **facts,
    }
    mail = Mail(
        to=to, template="request_changed", context=context, dedupe_key=f"request:{event}:{request.pk}"
    )
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
    """To the buying side: what the supplier did with the order."""
    mail = order_mail(order, event, key, buyer_addresses(order), "buyer", reason=reason)
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
