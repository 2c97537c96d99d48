"""Baskets, written: any number of lines in a fixed number of queries."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.institutions.models import Institution


class NotForSale(Exception):
    """These stock records cannot be put into a basket: they are unknown or not on sale now."""

    def __init__(self, stock_record_ids: list[int]) -> None:
        super().__init__(_("These products are not on sale: %(ids)s.") % {"ids": stock_record_ids})
        self.stock_record_ids = stock_record_ids


def basket_for(user: User, institution: Institution | None) -> Basket:
    """The user's one open basket for the institution, made if there is none."""
    basket, _created = Basket.objects.get_or_create(owner=user, institution=institution, status=Basket.OPEN)
    return basket


@transaction.atomic
def set_quantities(
    *, user: User, institution: Institution | None, quantities: Mapping[int, int], now: datetime
) -> Basket:
    """The basket with exactly these sale units of these stock records, others as they were; 0 removes.

    Raises:
        NotForSale: names every record that is not on sale; nothing is changed then.
    """
    basket = basket_for(user, institution)
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
            )
            for pk, quantity in sorted(wanted.items())
        ],
        update_conflicts=True,
        unique_fields=["basket", "line_reference"],
        update_fields=["quantity"],
    )
    return basket
