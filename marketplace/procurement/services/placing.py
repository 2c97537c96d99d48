"""A request becomes a purchase: approval, and what payment (online.py) shares with it.

One durable transaction makes the purchase, its orders, the journal rows and the notices.

A fixed number of queries whatever the number of lines. Order of locks: request, stock records by key, journal
month, roll-ups by key; every other writer takes them in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.sites.models import Site
from django.db import transaction

from catalog.catalogue.models import ProductCategory
from catalog.partner import services as stock
from catalog.recognition import queries as recognitions
from marketplace.accounts.models import User
from marketplace.core import rows
from marketplace.core.audit import services as audit
from marketplace.core.periods import shanghai_day
from marketplace.order import numbers
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.status import Fulfilment
from marketplace.procurement import journal, notices, permissions
from marketplace.procurement.models import Decision, PurchaseRequest
from marketplace.procurement.services.requests import (
    NotPending,
    Status,
    expire_request,
    summary,
)
from marketplace.sales_journal.lines import Posting

# What an order line copies, with what describes the goods at this moment.
COPIED = (
    "stock_record_id",
    "supplier_id",
    "product_id",
    "title",
    "quantity",
    "unit_price",
    "campaign_id",
    "supplier__name",
    "stock_record__partner_sku",
    "product__sale_unit",
    "product__net_weight_grams",
    "product__origin_village_id",
)


class LeafCategory(NamedTuple):
    """What a product is filed under; all there is to say of one that is filed nowhere."""

    pk: int | None = None
    needs_certificate: bool = False


NO_CATEGORY = LeafCategory()


def approve_request(*, request_id: int, approver: User, now: datetime) -> Purchase:
    """The purchase made of the request: one order per supplier, contracted in the journal.

    A second approval of the same request gives the same purchase and changes nothing.

    Raises:
        PermissionDenied: no approver of the institution, or the requester.
        NotPending: rejected, withdrawn, or expired (on sight: its stock is freed then).
        stock.NotSellable: names each line that can no longer be sold.
    """
    try:
        with transaction.atomic(durable=True):
            request = (
                PurchaseRequest.objects.select_for_update(of=("self",))
                .select_related("institution", "requester")
                .get(pk=request_id)
            )
            permissions.require_decider(approver, request)
            if request.purchase_id:
                # Not joined above: who waited for the lock would see the joined row as it was before.
                return Purchase.objects.get(pk=request.purchase_id)
            if request.status == Status.PENDING and request.expires_at > now:
                return approved(request, approver, now)
    except stock.NotHeld:
        # Its time ran out while the stock was waited for, and somebody else has given back what it held.
        now = max(now, request.expires_at)
    expire_request(request_id=request_id, now=now)
    request.refresh_from_db()
    raise NotPending(request)


def approved(request: PurchaseRequest, approver: User, now: datetime) -> Purchase:
    """The purchase of the locked, pending request, with everything that follows from its approval."""
    placed = place(request, now, approved_by=approver)
    journal.post([placed.contracted(now)], now)
    end_as_purchase(request, placed.purchase, Status.APPROVED, now)
    Decision.objects.create(
        request=request, approver=approver, verdict=Decision.Verdict.APPROVED, decided_at=now
    )
    notices.purchase_placed(placed.purchase, placed.orders, now)
    return placed.purchase


@dataclass(frozen=True)
class Placed:
    """A new purchase with its orders by supplier and all their lines, saved and not journalled yet."""

    purchase: Purchase
    orders: dict[int, Order]
    lines: list[Line]

    def contracted(self, now: datetime) -> Posting:
        """What the journal is to say of it."""
        return journal.contracted(self.purchase, self.lines, now)


def place(request: PurchaseRequest, now: datetime, *, approved_by: User | None) -> Placed:
    """What the locked request has become; it holds its stock.

    Raises:
        stock.NotSellable: names each line that can no longer be sold.
        stock.NotHeld: the request's reservation has run out.
    """
    lines = request_lines(request)
    stock.check_sellable(
        lines={line.stock_record_id: line.quantity for line in lines}, now=now, source_key=request.source_key
    )
    purchase = create_purchase(request, approved_by, now)
    orders = create_orders(purchase, request, lines, now)
    order_lines = create_lines(orders, lines, now)
    stock.take_over(
        source_key=request.source_key,
        new_key_of={line.stockrecord_id: line.order.stock_key for line in order_lines},
        now=now,
    )
    return Placed(purchase, orders, order_lines)


def request_lines(request: PurchaseRequest) -> list[Any]:
    """The request's lines with all that an order line copies: plain rows, for models would cost the most."""
    return list(request.lines.order_by("pk").values_list(*COPIED, named=True))


def create_purchase(request: PurchaseRequest, approved_by: User | None, now: datetime) -> Purchase:
    """The saved purchase, a copy of the request's frozen facts."""
    serial = numbers.next_purchase_serial()
    return Purchase.objects.create(
        number=numbers.purchase_number(serial, shanghai_day(now)),
        transfer_reference=numbers.transfer_reference(serial),
        institution=request.institution,
        buyer=request.requester,
        approved_by=approved_by,
        placed_at=now,
        goods_fen=request.goods_fen,
        freight_fen=request.freight_fen,
        purpose=request.purpose,
        wanted_on=request.wanted_on,
        recipient=request.recipient,
        recipient_phone=request.recipient_phone,
        delivery_region_id=request.delivery_region_id,
        delivery_address=request.delivery_address,
    )


def create_orders(
    purchase: Purchase, request: PurchaseRequest, lines: list[Any], now: datetime
) -> dict[int, Order]:
    """Supplier id → saved order with its total; one statement."""
    site = Site.objects.get_current()
    goods: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        goods[line.supplier_id] += line.unit_price * line.quantity
    orders = []
    for position, supplier_id in enumerate(sorted(goods), start=1):
        freight = Decimal(request.freight_by_supplier[str(supplier_id)]) / 100
        total = goods[supplier_id] + freight
        orders.append(
            Order(
                number=numbers.order_number(purchase.number, position),
                purchase=purchase,
                supplier_id=supplier_id,
                site=site,
                user_id=purchase.buyer_id,
                currency="CNY",
                total_incl_tax=total,
                total_excl_tax=total,
                shipping_incl_tax=freight,
                shipping_excl_tax=freight,
                status=Fulfilment.CONTRACTED,
                date_placed=now,
            )
        )
    return {order.supplier_id: order for order in Order.objects.bulk_create(orders)}


def create_lines(orders: dict[int, Order], lines: list[Any], now: datetime) -> list[Line]:
    """The saved order lines, snapshots of the goods as they are sold; three statements."""
    held = recognitions.in_force({line.stock_record_id for line in lines}, now)
    filed = leaf_categories({line.product_id for line in lines})
    return rows.insert(
        order_line(
            orders[line.supplier_id],
            line,
            held.get(line.stock_record_id, {}),
            filed.get(line.product_id, NO_CATEGORY),
        )
        for line in lines
    )


def order_line(order: Order, line: Any, recognition: dict[str, object], category: LeafCategory) -> Line:
    """An unsaved order line: the request line's price and quantity, the product's origin and unit."""
    total = line.unit_price * line.quantity
    # Recognition froze the origin; the product only proposes it.
    village = str(recognition.get("village_code") or line.product__origin_village_id)
    return Line(
        order=order,
        partner_id=line.supplier_id,
        partner_name=line.supplier__name,
        partner_sku=line.stock_record__partner_sku,
        stockrecord_id=line.stock_record_id,
        product_id=line.product_id,
        title=line.title,
        quantity=line.quantity,
        num_allocated=line.quantity,
        line_price_incl_tax=total,
        line_price_excl_tax=total,
        line_price_before_discounts_incl_tax=total,
        line_price_before_discounts_excl_tax=total,
        unit_price_incl_tax=line.unit_price,
        unit_price_excl_tax=line.unit_price,
        sale_unit=line.product__sale_unit,
        net_weight_grams=line.product__net_weight_grams or 0,
        village_code=village,
        county_code=village[:6],
        category_id=category.pk,
        recognition=recognition,
        campaign_id=line.campaign_id,
        needs_certificate=category.needs_certificate,
    )


def leaf_categories(product_ids: Collection[int]) -> dict[int, LeafCategory]:
    """Product → the deepest of its categories; products in none are absent."""
    filed = ProductCategory.objects.filter(product_id__in=product_ids)
    found = filed.order_by("category__depth", "-category__path").values_list(
        "product_id", "category_id", "category__needs_compliance_certificate"
    )
    return {product_id: LeafCategory(pk, needs_one) for product_id, pk, needs_one in found}


def end_as_purchase(request: PurchaseRequest, purchase: Purchase, status: Status, now: datetime) -> None:
    """The request ends as approved or paid and knows its purchase; the audit says who did it."""
    before = summary(request)
    request.status = status
    request.decided_at = now
    request.purchase = purchase
    request.save(update_fields=["status", "decided_at", "purchase"])
    audit.record(
        action=f"procurement.request_{status.value}",
        target=request,
        before=before,
        after={**summary(request), "purchase": purchase.number},
    )
