"""What a supplier says of its own stock: how much is left, and at which price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner.models import PriceTier, StockMovement, StockRecord
from catalog.partner.services.errors import InvalidPrice, InvalidQuantity, StockChanged
from catalog.partner.services.ledger import MAX_QUANTITY, Move, lock, lock_rows, move
from marketplace.core.audit import services as audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from catalog.catalogue.models import Product
    from catalog.partner.models import Partner
    from marketplace.accounts.models import User

MAX_PRICE = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Tier:
    """A unit price, CNY with tax, from a quantity on."""

    min_quantity: int
    price: Decimal


@transaction.atomic
def open_stock(
    *,
    product: Product,
    supplier: Partner,
    price: Decimal,
    tiers: Sequence[Tier] = (),
    now: datetime,
    actor: User,
) -> StockRecord:
    """The supplier's stock record of the product: a new one, empty and closed, or the one there is, repriced.

    Raises:
        InvalidPrice: see set_price.
    """
    require_prices(price, tiers)
    record, _created = StockRecord.objects.get_or_create(
        product=product, partner=supplier, defaults={"partner_sku": f"P{product.pk}", "price": price}
    )
    set_price(stock_record=record, price=price, tiers=tiers, now=now, actor=actor)
    return record


@transaction.atomic
def set_stock(
    *, stock_record: StockRecord, available: int, seen: int | None = None, now: datetime, actor: User
) -> None:
    """So many sale units can be bought now, beside what is reserved or sold, which nobody can overwrite.

    `seen` is how many could be bought when the actor looked: what was sold since must not come back on sale.

    Raises:
        InvalidQuantity: not a whole number from 0 on.
        StockChanged: it is another number than was seen, and not the wanted one already.
    """
    if not isinstance(available, int) or not 0 <= available <= MAX_QUANTITY:
        raise InvalidQuantity(available)
    current = lock([stock_record.pk])[stock_record.pk]
    before = current.num_in_stock - current.num_allocated
    if available == before:
        return
    if seen is not None and seen != before:
        raise StockChanged(before)
    change = Move(current.pk, "", in_stock=available - before)
    move([change], reason=StockMovement.Reason.COUNTED, now=now, actor_id=actor.pk)
    audit.record(
        action="partner.stock_set",
        target=stock_record,
        before={"available": before},
        after={"available": available},
    )
    stock_record.refresh_from_db(fields=["num_in_stock", "num_allocated", "date_updated"])


@transaction.atomic
def set_price(
    *, stock_record: StockRecord, price: Decimal, tiers: Sequence[Tier] = (), now: datetime, actor: User
) -> None:
    """The unit price and, instead of the former ones, the bulk prices; stock and windows stay untouched.

    Requests and orders keep the price at which they were made. Whether it may rise above the recognised one
    is for those above to say: see catalog.unsold_offers.

    Raises:
        InvalidPrice: not positive, not in whole fen, or a bulk price that does not fall with the quantity.
    """
    require_prices(price, tiers)
    current = lock([stock_record.pk])[stock_record.pk]
    before = {"price": current.price, "tiers": _tier_values(current)}
    StockRecord.objects.filter(pk=current.pk).update(price=price, date_updated=now)
    current.tiers.all().delete()
    PriceTier.objects.bulk_create(
        PriceTier(stock_record=current, min_quantity=tier.min_quantity, price=tier.price) for tier in tiers
    )
    after = {"price": price, "tiers": [[tier.min_quantity, str(tier.price)] for tier in tiers]}
    audit.record(action="partner.price_set", target=stock_record, before=before, after=after)
    stock_record.refresh_from_db(fields=["price", "date_updated"])


def lock_stock(stock_record_ids: Iterable[int]) -> None:
    """Prices, numbers and windows of these stay as they are until the caller's transaction ends; one query.

    A price and its bulk prices are read by two statements: without this lock they might be of two moments.
    """
    lock_rows(stock_record_ids)


def require_prices(price: Decimal, tiers: Sequence[Tier]) -> None:
    """Passes a positive price in whole fen and bulk prices that fall with the quantity.

    Raises:
        InvalidPrice: says which of these is not so.
    """
    steps = [Tier(1, price), *sorted(tiers, key=lambda tier: tier.min_quantity)]
    if any(not (step.price.is_finite() and 0 < step.price <= MAX_PRICE) for step in steps):
        raise InvalidPrice(_("A price is more than 0 and at most 1,000,000 yuan."))
    if any(step.price != step.price.quantize(Decimal("0.01")) for step in steps):
        raise InvalidPrice(_("A price has at most two decimals."))
    if any(not left.min_quantity < right.min_quantity <= MAX_QUANTITY for left, right in pairwise(steps)):
        raise InvalidPrice(_("A bulk price begins at 2 or more, and each at another quantity."))
    if any(left.price <= right.price for left, right in pairwise(steps)):
        raise InvalidPrice(_("A bulk price is lower than the price of a smaller quantity."))


@transaction.atomic
def set_recognised_window(
    *, stock_record_id: int, start: datetime | None, end: datetime | None, now: datetime
) -> None:
    """On sale, as far as recognition goes, in [start, end); None closes it. Called by catalog.recognition."""
    lock_rows([stock_record_id])
    StockRecord.objects.filter(pk=stock_record_id).update(
        recognised_from=start, recognised_until=end, date_updated=now
    )


@transaction.atomic
def set_offered_window(
    *, stock_record_id: int, start: datetime | None, end: datetime | None, now: datetime
) -> None:
    """On sale, as far as the offer goes, in [start, end); None closes it. Called by catalog.unsold_offers."""
    lock_rows([stock_record_id])
    StockRecord.objects.filter(pk=stock_record_id).update(
        offered_from=start, offered_until=end, date_updated=now
    )


def _tier_values(stock_record: StockRecord) -> list[list[object]]:
    rows = stock_record.tiers.order_by("min_quantity").values_list("min_quantity", "price")
    return [[quantity, str(price)] for quantity, price in rows]
