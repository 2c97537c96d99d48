"""Baskets, written: any number of lines in a fixed number of queries.

Whoever writes locks the basket first, as who submits it does: nothing goes into a basket that has been
submitted meanwhile, and no two windows wait for each other's lines.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.campaigns import claims
from marketplace.campaigns.claims import Claim
from marketplace.institutions.models import Institution

# What no page of a campaign puts in.
NO_CLAIM = Claim()


class NotForSale(Exception):
    """These stock records cannot be put into a basket: they are unknown or not on sale now."""

    def __init__(self, stock_record_ids: list[int]) -> None:
        super().__init__(_("These products are not on sale: %(ids)s.") % {"ids": stock_record_ids})
        self.stock_record_ids = stock_record_ids


def basket_for(user: User, institution: Institution | None) -> Basket:
    """The user's one open basket for the institution, made if there is none; locked, in a transaction.

    Who had to wait for a submission finds the basket gone, and gets the next one.
    """
    open_baskets = Basket.objects.select_for_update()
    basket, _created = open_baskets.get_or_create(owner=user, institution=institution, status=Basket.OPEN)
    return basket


@dataclass(frozen=True, slots=True)
class PutIn:
    """The basket after something was put in; `refusal` says why it does not count for the page's campaign."""

    basket: Basket
    refusal: str


@transaction.atomic
def set_quantities(
    *, user: User, institution: Institution | None, quantities: Mapping[int, int], now: datetime
) -> Basket:
    """The basket with exactly these sale units of these stock records, others as they were; 0 removes.

    A line that is there keeps its campaign; a new one carries none.

    Raises:
        NotForSale: names every record that is not on sale; nothing is changed then.
    """
    basket = basket_for(user, institution)
    _set(basket, quantities, now, ["quantity"])
    return basket


@transaction.atomic
def put_in(
    *,
    user: User,
    institution: Institution | None,
    quantities: Mapping[int, int],
    campaign_id: int | None,
    now: datetime,
) -> PutIn:
    """The same from a page: of a campaign, or (None) of none. The lines carry the campaign from now on.

    The last page wins: what another page had put in carries this page's campaign, or none, with its whole new
    quantity. A campaign that does not take the goods now is left out; they go into the basket all the same.

    Raises:
        NotForSale: names every record that is not on sale; nothing is changed then.
    """
    claim = NO_CLAIM
    if campaign_id is not None:
        claim = claims.claimed(campaign_id=campaign_id, stock_record_ids=quantities, now=now)
    basket = basket_for(user, institution)
    _set(basket, quantities, now, ["quantity", "campaign"], claim)
    return PutIn(basket, claim.refusal)


def _set(
    basket: Basket,
    quantities: Mapping[int, int],
    now: datetime,
    changing: list[str],
    claim: Claim = NO_CLAIM,
) -> None:
    """The quantities as `set_quantities` says; `changing` are the columns of lines that are there already."""
    wanted = {pk: quantity for pk, quantity in quantities.items() if quantity > 0}
    removed = [pk for pk, quantity in quantities.items() if quantity <= 0]
    records = StockRecord.objects.sellable(now).filter(pk__in=wanted).only("pk", "product_id")
    products = {record.pk: record.product_id for record in records}
    missing = sorted(set(wanted) - set(products))
    if missing:
        raise NotForSale(missing)
    basket.lines.filter(stockrecord_id__in=removed).delete()
    Line.objects.bulk_create(
        [
            Line(  # type: ignore[no-untyped-call]
                basket=basket,
                line_reference=str(pk),
                stockrecord_id=pk,
                product_id=products[pk],
                quantity=quantity,
                campaign_id=claim.campaign_id_of(pk),
            )
            for pk, quantity in sorted(wanted.items())
        ],
        update_conflicts=True,
        unique_fields=["basket", "line_reference"],
        update_fields=changing,
    )
