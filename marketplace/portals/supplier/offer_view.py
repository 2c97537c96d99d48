"""An offer as its supplier reads it: how far it is, what to do next, how long it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.catalogue.photos import photo_url
from catalog.catalogue.units import SaleUnit
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.status import CHANGEABLE, EDITABLE, Status
from marketplace.core.periods import shanghai_day

TONES = {
    Status.DRAFT: "neutral",
    Status.SUBMITTED: "waiting",
    Status.RECOGNISED: "good",
    Status.RETURNED: "error",
    Status.WITHDRAWN: "neutral",
    Status.EXPIRED: "neutral",
}


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in words and colours."""

    offer: UnsoldOffer
    status: str
    tone: str
    photo_url: str
    drawing: str
    unit: str
    available: int | None
    days_left: int | None
    waiting: str

    @property
    def title(self) -> str:
        """The product's name; a draft may have none yet."""
        return self.offer.product.title or _("not named yet")

    @property
    def is_editable(self) -> bool:
        """Whether the three steps are open."""
        return self.offer.status in EDITABLE

    @property
    def is_changeable(self) -> bool:
        """Whether price and stock can be changed."""
        return self.offer.status in CHANGEABLE

    @property
    def next_url(self) -> str:
        """Where a draft goes on: the first step that is not done."""
        return step_url(self.offer, next_step(self.offer))


def offer_row(offer: UnsoldOffer, now: datetime) -> OfferRow:
    """The row of an offer that was loaded with its goods; costs no query."""
    status = Status(offer.status)
    images = list(offer.product.images.all())
    categories = list(offer.product.categories.all())
    return OfferRow(
        offer=offer,
        status=str(status.label),
        tone=TONES[status],
        photo_url=photo_url(images[0], 320) if images else "",
        drawing=(categories[0].drawing if categories else "") or "other",
        unit=str(SaleUnit(offer.product.sale_unit).label),
        available=offer.available,
        days_left=days_left(offer, shanghai_day(now)),
        waiting=waited(now - offer.submitted_at) if status == Status.SUBMITTED and offer.submitted_at else "",
    )


def days_left(offer: UnsoldOffer, today: date) -> int | None:
    """Whole days until it spoils, where that is known and matters still."""
    spoils_on: date | None = getattr(offer, "spoils_on", None)
    return (spoils_on - today).days if spoils_on and offer.status in CHANGEABLE else None


def waited(time: timedelta) -> str:
    """How long the office has had it: in hours, from two days on in days."""
    if time < timedelta(hours=1):
        return _("handed in just now")
    if time < timedelta(days=2):
        hours = int(time.total_seconds() // 3600)
        return ngettext("waits for %(hours)d hour", "waits for %(hours)d hours", hours) % {"hours": hours}
    return ngettext("waits for %(days)d day", "waits for %(days)d days", time.days) % {"days": time.days}


def next_step(offer: UnsoldOffer) -> str:
    """The first step that is not done; the summary if all are. A missing photo holds nobody up."""
    if not offer.available:
        return "goods"
    return "check" if offer.price else "terms"


def step_url(offer: UnsoldOffer, step: str) -> str:
    """The address of a step."""
    return reverse(f"supplier:offer_{step}", kwargs={"pk": offer.pk})


def steps(current: str) -> list[dict[str, str]]:
    """The three steps, as far as the page named."""
    names = {"photo": _("Photo"), "goods": _("What, how much"), "terms": _("Price, until when")}
    order = [*names, "check"]
    here = order.index(current)
    return [
        {
            "label": label,
            "state": "done" if order.index(name) < here else "current" if name == current else "upcoming",
        }
        for name, label in names.items()
    ]
