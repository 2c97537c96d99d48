"""Why a product cannot be bought now: what an editor who has chosen it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.unsold_offers.status import Status

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.catalogue.models import Product
    from catalog.partner.models import StockRecord


class Obstacle(models.TextChoices):
    """What stands in the way of a sale; the first that holds is the one that is told."""

    SOLD_OUT = "sold_out", _("sold out")
    EXPIRED = "expired", _("its time of sale is over")
    WITHDRAWN = "withdrawn", _("withdrawn by its supplier")
    NOT_RECOGNISED = "not_recognised", _("not recognised, or its recognition has ended")
    NOT_OFFERED = "not_offered", _("not offered")
    HIDDEN = "hidden", _("not public")


# What an offer that has been closed says of itself; a new one waits for its recognition.
OF_STATUS = {
    Status.EXPIRED: Obstacle.EXPIRED,
    Status.WITHDRAWN: Obstacle.WITHDRAWN,
    Status.SUBMITTED: Obstacle.NOT_RECOGNISED,
    Status.RETURNED: Obstacle.NOT_RECOGNISED,
}
# What obstacle_to_sale looks at; prefetched, it asks nothing more.
LOOKED_AT = ("stockrecords", "unsold_offers")


def obstacle_to_sale(product: Product, now: datetime) -> Obstacle | None:
    """Why none of the product's stock records can be bought; None if one can.

    Of several records the one nearest to a sale decides. No query where LOOKED_AT is prefetched.
    """
    if not product.is_public:
        return Obstacle.HIDDEN
    found = [_of_record(record, now) for record in product.stockrecords.all()]
    if None in found:
        return None
    found.append(_of_last_offer(product))
    return next((each for each in Obstacle if each in found), Obstacle.NOT_OFFERED)


def _of_record(record: StockRecord, now: datetime) -> Obstacle | None:
    if record.is_open(now):
        return None if record.net_stock_level > 0 else Obstacle.SOLD_OUT
    if record.offered_until is not None and record.offered_until <= now:
        return Obstacle.EXPIRED
    return Obstacle.NOT_OFFERED if record.is_recognised(now) else Obstacle.NOT_RECOGNISED


def _of_last_offer(product: Product) -> Obstacle:
    last = max(product.unsold_offers.all(), key=lambda offer: offer.pk, default=None)
    return OF_STATUS.get(Status(last.status), Obstacle.NOT_OFFERED) if last else Obstacle.NOT_OFFERED
