"""Larger text on a phone: no page is wider than the screen, however long a name is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from marketplace.core.periods import shanghai_day
from supplier_villages.regions.models import Region
from tests.factories import offers
from tests.functional.conftest import VisitorFrom

pytestmark = pytest.mark.browser

LONG_NAME = "双" * 56 + "村民委员会"


@pytest.mark.parametrize("digits", [12, 9], ids=["village", "town"])
def test_a_long_place_name_fits_the_offices_page_of_an_offer(
    site: str, visitor: VisitorFrom, digits: int
) -> None:
    scene = offers.scene()
    Region.objects.filter(pk=scene.village.pk[:digits]).update(name=LONG_NAME)
    now = timezone.now()
    terms = offers.terms(sell_by=shanghai_day(now) + timedelta(days=7))
    offer = offers.submitted(scene, now=now, asked=terms)
    official = visitor()
    official.context.add_cookies([{"name": "text_size", "value": "large", "url": site}])
    official.come_as(scene.officer)
    official.open(f"/office/{offers.COUNTY}/offers/{offer.pk}/")
    official.reads(LONG_NAME)
    expect(official.page.locator("html")).to_have_attribute("data-text", "large")
