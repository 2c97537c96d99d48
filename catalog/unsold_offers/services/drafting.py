"""The three steps on the phone: photo; what and how much; price and until when. Then it is submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.catalogue import services as catalogue
from catalog.catalogue.services import InvalidGoods
from catalog.partner import services as partner
from catalog.partner.services import InvalidPrice, Tier
from catalog.unsold_offers import permissions
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services.common import lock, require_status, save, set_available, summary
from catalog.unsold_offers.services.errors import InvalidOffer
from catalog.unsold_offers.status import EDITABLE, Move, Status
from marketplace.core.audit import services as audit
from marketplace.core.periods import shanghai_day
from marketplace.core.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from catalog.catalogue.models import Product, ProductImage
    from catalog.catalogue.photos import RenderedPhoto
    from catalog.catalogue.services import Goods
    from catalog.partner.models import Partner
    from marketplace.accounts.models import User
    from supplier_villages.regions.models import Region

MAX_QUANTITY = 10_000_000


@dataclass(frozen=True, slots=True)
class Terms:
    """Price, CNY with tax, of one sale unit; a lower one from a quantity on; the last day of sale."""

    price: Decimal
    sell_by: date
    bulk_min_quantity: int | None = None
    bulk_price: Decimal | None = None

    def tiers(self) -> list[Tier]:
        """The bulk price as the stock record takes it."""
        if self.bulk_min_quantity is None or self.bulk_price is None:
            return []
        return [Tier(self.bulk_min_quantity, self.bulk_price)]


@transaction.atomic
def start_offer(
    *,
    supplier: Partner,
    village: Region,
    draft_key: str,
    actor: User,
    now: datetime,
    product: Product | None = None,
    photo: RenderedPhoto | None = None,
) -> UnsoldOffer:
    """A new draft of a new product of the village, or of one that the supplier had on sale before.

    The same key of the same supplier again gives the same draft, with the photo that came last.

    Raises:
        PermissionDenied: the actor does not handle the goods of an admitted supplier, or village or product
            are not the supplier's.
    """
    require(allowed=permissions.can_start(actor, supplier, village.pk))
    if product is not None:
        theirs = product.origin_village_id == village.pk
        require(allowed=theirs and product.stockrecords.filter(partner=supplier).exists())
    first: dict[str, Any] = {
        "village": village,
        # Made together with the draft, and gone with it where the same step, sent twice, came first.
        "product": lambda: product or catalogue.create_product(origin_village=village),
        "created_by": actor,
        "created_at": now,
    }
    offer, is_new = UnsoldOffer.objects.get_or_create(supplier=supplier, draft_key=draft_key, defaults=first)
    if is_new:
        audit.record(action="unsold_offers.started", target=offer, after=summary(offer))
    # A step that comes late, after the offer was handed in, leaves it as it is.
    if photo is not None and lock(offer.pk).status in EDITABLE:
        _show(offer, photo)
    return offer


@transaction.atomic
def set_photo(*, offer_id: int, photo: RenderedPhoto, actor: User) -> ProductImage:
    """The photo, instead of what the offer showed before."""
    return _show(_editable(offer_id, actor), photo)


@transaction.atomic
def save_goods(
    *,
    offer_id: int,
    goods: Goods,
    quantity: int,
    harvested_on: date | None,
    seen: int | None = None,
    actor: User,
    now: datetime,
) -> UnsoldOffer:
    """The offer with what it is and how much.

    One that was handed in before has a stock: of its goods some may be sold, so the quantity is what can be
    bought from now on, and `seen` what could be bought when the actor looked; None before there was a stock.

    Raises:
        InvalidOffer: field → what is wrong.
    """
    offer = _editable(offer_id, actor)
    errors = _goods_errors(quantity, harvested_on, shanghai_day(now))
    if errors:
        raise InvalidOffer(errors)
    try:
        catalogue.describe_product(product=offer.product, goods=goods)
    except InvalidGoods as error:
        raise InvalidOffer({error.field: str(error)}) from error
    before = summary(offer)
    if offer.stock_record is not None:
        set_available(offer.stock_record, quantity, seen=seen, actor=actor, now=now)
    offer.quantity, offer.harvested_on = quantity, harvested_on
    return save(offer, "goods_saved", before)


@transaction.atomic
def save_terms(*, offer_id: int, terms: Terms, actor: User, now: datetime) -> UnsoldOffer:
    """The offer with its price and its last day of sale.

    Raises:
        InvalidOffer: field → what is wrong.
    """
    offer = _editable(offer_id, actor)
    _require_terms(terms, shanghai_day(now))
    before = summary(offer)
    offer.price, offer.sell_by = terms.price, terms.sell_by
    offer.bulk_min_quantity, offer.bulk_price = terms.bulk_min_quantity, terms.bulk_price
    return save(offer, "terms_saved", before)


@transaction.atomic
def submit_offer(*, offer_id: int, actor: User, now: datetime) -> UnsoldOffer:
    """The offer in the queue of the county's office; submitted twice is submitted once.

    Price and stock stand on its stock record from now on; nothing is on sale yet. Handed in again it has what
    is left of its stock, not what was asked for once: some of that may be sold.

    Raises:
        PermissionDenied: the actor does not handle the supplier's goods, or the village is no longer its own.
        WrongStatus: withdrawn, expired, or recognised already.
        InvalidOffer: field → what is missing or has passed.
    """
    offer = lock(offer_id)
    require(allowed=permissions.can_edit(actor, offer))
    if offer.status == Status.SUBMITTED:
        return offer
    require_status(offer, Move.SUBMIT)
    require(allowed=permissions.can_start(actor, offer.supplier, offer.village_id))
    terms, available = _complete(offer, shanghai_day(now))
    before = summary(offer)
    is_first = offer.stock_record is None
    offer.stock_record = partner.open_stock(
        product=offer.product,
        supplier=offer.supplier,
        price=terms.price,
        tiers=terms.tiers(),
        now=now,
        actor=actor,
    )
    if is_first:
        partner.set_stock(stock_record=offer.stock_record, available=available, now=now, actor=actor)
    partner.set_offered_window(stock_record_id=offer.stock_record.pk, start=None, end=None, now=now)
    offer.status, offer.submitted_at = Status.SUBMITTED, now
    offer.reason, offer.decided_at, offer.escalated_at = "", None, None
    return save(offer, "submitted", before)


def _show(offer: UnsoldOffer, photo: RenderedPhoto) -> ProductImage:
    for image in offer.product.images.all():
        catalogue.remove_photo(image=image)
    return catalogue.add_photo(product=offer.product, photo=photo)


def _editable(offer_id: int, actor: User) -> UnsoldOffer:
    """The locked draft.

    Raises:
        PermissionDenied: the actor does not handle the supplier's goods.
        WrongStatus: it is no longer a draft.
    """
    offer = lock(offer_id)
    require(allowed=permissions.can_edit(actor, offer))
    require_status(offer, Move.EDIT)
    return offer


def _goods_errors(quantity: int, harvested_on: date | None, today: date) -> dict[str, str]:
    errors = {}
    if not isinstance(quantity, int) or not 1 <= quantity <= MAX_QUANTITY:
        errors["quantity"] = _("A quantity is a whole number from 1 to 10,000,000.")
    if harvested_on is not None and abs((harvested_on - today).days) > 1000:
        errors["harvested_on"] = _("The day of harvest is too far from today.")
    return errors


def _require_terms(terms: Terms, today: date) -> None:
    if terms.sell_by < today:
        raise InvalidOffer({"sell_by": _("The last day of sale has passed already.")})
    if (terms.sell_by - today).days > 1000:
        raise InvalidOffer({"sell_by": _("The last day of sale is too far from today.")})
    if (terms.bulk_min_quantity is None) != (terms.bulk_price is None):
        raise InvalidOffer({"bulk_price": _("A bulk price needs a quantity, and a quantity a bulk price.")})
    try:
        partner.require_prices(terms.price, [])
    except InvalidPrice as error:
        raise InvalidOffer({"price": str(error)}) from error
    try:
        partner.require_prices(terms.price, terms.tiers())
    except InvalidPrice as error:
        raise InvalidOffer({"bulk_price": str(error)}) from error


def _complete(offer: UnsoldOffer, today: date) -> tuple[Terms, int]:
    """The offer's terms, and how much can be bought, if nothing is missing."""
    missing = _("This is still missing.")
    available = offer.available
    values = {
        "title": offer.product.title,
        "net_weight_grams": offer.product.net_weight_grams,
        "quantity": available,
        "price": offer.price,
        "sell_by": offer.sell_by,
    }
    errors = {field: missing for field, value in values.items() if not value}
    if errors or offer.price is None or offer.sell_by is None or available is None:
        raise InvalidOffer(errors)
    terms = Terms(offer.price, offer.sell_by, offer.bulk_min_quantity, offer.bulk_price)
    _require_terms(terms, today)
    return terms, available
