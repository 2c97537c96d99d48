"""What the editor of a campaign is told of it: nothing here is refused, and all of it changes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from catalog.partner import shelf
from catalog.unsold_offers.obstacles import LOOKED_AT, Obstacle, obstacle_to_sale
from marketplace.campaigns.goods import county_codes, found_by_rule, from_counties, of_category
from marketplace.campaigns.models import Campaign
from marketplace.core.templatetags.formats import through
from supplier_villages.regions.models import Region

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def remarks(campaign: Campaign, now: datetime) -> list[str]:
    """Campaigns that share days and a county, a rule that finds nothing, goods that cannot be bought now."""
    return [*_neighbours(campaign), *_empty_rule(campaign, now), *_left_out(campaign, now)]


def left_out(campaign: Campaign, now: datetime) -> list[tuple[Product, Obstacle]]:
    """The products picked by hand that visitors do not see, and why; three queries."""
    picked = campaign.products.prefetch_related(*LOOKED_AT).order_by("title", "pk")
    found = [(product, obstacle_to_sale(product, now)) for product in picked]
    return [(product, obstacle) for product, obstacle in found if obstacle]


def _neighbours(campaign: Campaign) -> Iterator[str]:
    others = Campaign.objects.exclude(pk=campaign.pk).sharing_days(campaign.window)
    for other in others.in_counties(county_codes(campaign)).order_by("start_date", "pk"):
        both = Region.objects.filter(campaigns=campaign).filter(campaigns=other)
        shared = both.by_pinyin().values_list("name", flat=True)
        yield _(
            "“%(other)s” (%(days)s) runs at the same time in %(counties)s. A sale counts for the campaign "
            "from whose page it was bought, never for both."
        ) % {
            "other": other.name,
            "days": through(other.start_date, other.window.last_day),
            "counties": _(", ").join(shared),
        }


def _empty_rule(campaign: Campaign, now: datetime) -> Iterator[str]:
    """Says which part of the rule leaves nothing, by trying it without."""
    codes = county_codes(campaign)
    if not campaign.takes_goods_by_rule or found_by_rule(campaign, codes, now).exists():
        return
    from_there = from_counties(shelf.on_sale(now), codes)
    category = campaign.rule_category
    if not from_there.exists():
        yield _(
            "The rule finds nothing: no county taking part has anything on sale now. Add a county, pick "
            "products by hand, or wait until their villages list something."
        )
    elif category is not None and not of_category(from_there, category).exists():
        yield _(
            "The rule finds nothing: of what is on sale there, nothing is in “%(category)s”. Choose another "
            "category, or none."
        ) % {"category": category.name}
    else:
        yield _(
            "The rule finds nothing: what is on sale there is not on the unsold list. Take away “only unsold "
            "goods”, or wait until their villages list something."
        )


def _left_out(campaign: Campaign, now: datetime) -> Iterator[str]:
    for product, obstacle in left_out(campaign, now):
        yield _("“%(product)s” is not shown: %(why)s.") % {"product": product.title, "why": obstacle.label}
