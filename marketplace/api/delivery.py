"""Where a request's goods go, checked against the regions and the calendar."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.api.problems import Refusal
from marketplace.api.schemas.requests import RequestIn
from marketplace.core.periods import shanghai_day
from marketplace.procurement.services.requests import Delivery
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region

DELIVERY_LEVELS = (Level.COUNTY, Level.TOWN, Level.VILLAGE)


def checked_delivery(body: RequestIn, now: datetime) -> Delivery:
    """The delivery as the service takes it; one query.

    Raises:
        Refusal: names a region that is not there today or too large, or a day that is over.
    """
    today = shanghai_day(now)
    code = body.delivery.region_code
    errors = {}
    if not Region.objects.valid_on(today).filter(pk=code, level__in=DELIVERY_LEVELS).exists():
        errors["delivery.region_code"] = _("Give the code of a county, a town or a village of today.")
    if body.wanted_on and body.wanted_on < today:
        errors["wanted_on"] = _("This day is over. Choose today or a later day.")
    if errors:
        raise Refusal(422, "invalid", " ".join(errors.values()), errors)
    return Delivery(
        purpose=body.purpose,
        wanted_on=body.wanted_on,
        recipient=body.delivery.recipient,
        recipient_phone=body.delivery.recipient_phone,
        delivery_region_id=code,
        delivery_address=body.delivery.address,
    )
