"""Where a request's goods go and by when, checked against the regions and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from marketplace.core.periods import shanghai_day
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region

# What is wider has no door at which anybody could take goods.
DELIVERY_LEVELS = (Level.COUNTY, Level.TOWN, Level.VILLAGE)


@dataclass(frozen=True)
class Destination:
    """Where goods go and who takes them there."""

    recipient: str
    recipient_phone: str
    delivery_region_id: str
    delivery_address: str


@dataclass(frozen=True)
class Delivery(Destination):
    """Where to and, for an institution, what for; `wanted_on` is the day by which the goods are needed."""

    purpose: str = ""
    wanted_on: date | None = None


class InvalidDelivery(ValueError):
    """Nothing can be delivered so; `problems` maps a field to what is wrong with it and what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()))


def require_possible(delivery: Delivery, now: datetime, *, for_institution: bool) -> None:
    """Passes if the goods can go there by then; one query.

    Raises:
        InvalidDelivery: the region is too wide or not there today, or the day is over; an institution does
            not say what for, or an individual says it or a day.
    """
    problems = region_problems(delivery, now)
    if delivery.wanted_on and delivery.wanted_on < shanghai_day(now):
        problems["wanted_on"] = _("This day is over. Choose today or a later day.")
    if for_institution and not delivery.purpose:
        problems["purpose"] = _("Say what the goods are for.")
    if not for_institution:
        said = {"purpose": delivery.purpose, "wanted_on": delivery.wanted_on}
        problems |= {name: _("Only an institution says this. Leave it out.") for name in said if said[name]}
    if problems:
        raise InvalidDelivery(problems)


def region_problems(destination: Destination, now: datetime) -> dict[str, str]:
    """What is wrong with the region, by its field: too wide, or not there today; one query."""
    regions = Region.objects.valid_on(shanghai_day(now)).filter(level__in=DELIVERY_LEVELS)
    if regions.filter(pk=destination.delivery_region_id).exists():
        return {}
    return {"delivery_region": _("Choose a county, a town or a village that exists today.")}
