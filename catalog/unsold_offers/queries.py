"""Offers, read: the supplier's own, and the queue of an office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from catalog.unsold_offers import permissions
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services.escalating import PATIENCE
from catalog.unsold_offers.status import Status
from marketplace.core.periods import shanghai_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from catalog.partner.querysets import StockRecordQuerySet
    from catalog.unsold_offers.querysets import UnsoldOfferQuerySet
    from marketplace.accounts.models import User

SPOILS_SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An offer that waits: whole days until it spoils (0: today, negative: past); how long it has waited."""

    offer: UnsoldOffer
    spoils_on: date
    days_left: int
    waiting: timedelta

    @property
    def waiting_hours(self) -> int:
        """Whole hours since it was submitted."""
        return int(self.waiting.total_seconds() // 3600)

    @property
    def is_overdue(self) -> bool:
        """Whether it has waited so long that the city is told."""
        return self.waiting >= PATIENCE


def among_unsold(records: StockRecordQuerySet, *, unsold: bool) -> StockRecordQuerySet:
    """The stock records on which a recognised offer of unsold goods stands; or those without one."""
    offered = Exists(UnsoldOffer.objects.filter(stock_record=OuterRef("pk"), status=Status.RECOGNISED))
    return records.filter(offered if unsold else ~offered)


def queue(*, region_code: str, now: datetime) -> list[QueueRow]:
    """The offers from the region that wait for a decision, what spoils first first; four queries."""
    today = shanghai_day(now)
    offers = UnsoldOffer.objects.within(region_code).waiting().with_goods().soonest_spoilt_first()
    return [_row(offer, today, now) for offer in offers]


def waiting_count(*, region_code: str) -> int:
    """How many offers from the region wait for a decision."""
    return UnsoldOffer.objects.within(region_code).waiting().count()


def offer_of_region(*, offer_id: int, region_code: str, now: datetime) -> QueueRow:
    """An offer from the region that was submitted at least once, whatever became of it; three queries.

    Raises:
        UnsoldOffer.DoesNotExist: there is none, it lies elsewhere, or no office has seen it yet.
    """
    offers = UnsoldOffer.objects.within(region_code).filter(submitted_at__isnull=False)
    return _row(offers.with_goods().with_spoils_on().get(pk=offer_id), shanghai_day(now), now)


def offers_of(*, user: User, supplier_id: int) -> UnsoldOfferQuerySet:
    """The supplier's offers, newest first, with what a list shows; none for who does not act for it."""
    return permissions.visible_to(user).filter(supplier_id=supplier_id).with_goods().newest_first()


def offers_to_look_at(user: User, today: date) -> UnsoldOfferQuerySet:
    """What the user's suppliers should look at: returned by an office, or on sale and about to spoil.

    What spoils first stands first; a returned draft without a last day stands last.
    """
    soon = today + SPOILS_SOON
    own = permissions.visible_to(user).select_related("product").soonest_spoilt_first()
    returned = Q(status=Status.RETURNED)
    return own.filter(returned | Q(status=Status.RECOGNISED, spoils_on__lte=soon))


def _row(offer: UnsoldOffer, today: date, now: datetime) -> QueueRow:
    spoils_on: date = getattr(offer, "spoils_on")  # noqa: B009 -- annotated by the query, unknown to the types
    waiting = now - (offer.submitted_at or now)
    return QueueRow(offer, spoils_on, (spoils_on - today).days, waiting)
