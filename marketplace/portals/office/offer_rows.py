"""Offers as an office's screens show them: with the names of where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.catalogue.photos import photo_url
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.queries import QueueRow
from supplier_villages.regions.queries import PlacedRegion, placed

LIST_WIDTH = 320
PAGE_WIDTH = 1280


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer with its place, its picture ("" without one) and the drawing that stands in for it."""

    row: QueueRow
    place: PlacedRegion
    photo_url: str
    drawing: str

    @property
    def offer(self) -> UnsoldOffer:
        """The offer itself."""
        return self.row.offer

    @property
    def within(self) -> str:
        """Town and county: 揭东区 曲溪街道."""
        return " ".join(region.name for region in self.place.ancestors[-2:])

    @property
    def waited(self) -> str:
        """已等 30 小时, from two days on 已等 3 天."""
        if self.row.waiting.days >= 2:
            return _("waiting for %(days)d days") % {"days": self.row.waiting.days}
        return _("waiting for %(hours)d hours") % {"hours": self.row.waiting_hours}

    @property
    def tone(self) -> str:
        """Urgent what has waited too long or spoils within a day."""
        return "urgent" if self.row.is_overdue or self.row.days_left <= 1 else "waiting"


def shown(rows: Sequence[QueueRow], *, photo_width: int = LIST_WIDTH) -> list[ShownOffer]:
    """The rows in their order; one query for the names of all places."""
    places = placed(row.offer.village for row in rows)
    return [
        ShownOffer(row, place, _photo(row.offer, photo_width), _drawing(row.offer))
        for row, place in zip(rows, places, strict=True)
    ]


def _photo(offer: UnsoldOffer, width: int) -> str:
    image = next(iter(offer.product.images.all()), None)
    return photo_url(image, width) if image else ""


def _drawing(offer: UnsoldOffer) -> str:
    category = next(iter(offer.product.categories.all()), None)
    return (category.drawing if category else "") or "other"
