"""What the shop's pages share."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.basket.queries import OWN
from marketplace.institutions.models import Institution


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the way to a page; the page itself has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """For whom a person buys: its key in addresses and forms, and its name."""

    key: str
    name: str


def buyer_of(institution: Institution | None) -> Buyer:
    """The institution, or the person themself."""
    return Buyer(str(institution.pk), institution.name) if institution else Buyer(OWN, _("myself"))


def product_url(product_id: int, campaign_id: int | None) -> str:
    """The product's page; of a campaign whose page led there, or (None) of none."""
    query = None if campaign_id is None else {"campaign": campaign_id}
    return reverse("shop:product", args=[product_id], query=query)
