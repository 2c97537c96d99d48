"""Requests made of lines: one for each key, in a fixed number of queries, without a basket."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.sites.models import Site
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.partner.models import StockRecord
from marketplace.basket import services as baskets
from marketplace.basket.services import NotForSale
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services.direct import KeyReused, Wanted, submit_lines
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.django_db


def submitted(school: trade.Unit, quantities: dict[int, int], key: str = "k") -> PurchaseRequest:
    """The request for these lines by the school's requester."""
    return submit_lines(
        user=school.requester, institution=school.institution, key=key,
        lines={pk: Wanted(quantity) for pk, quantity in quantities.items()},
        delivery=trade.delivery(), now=NOW,
    )  # fmt: skip


@pytest.fixture
def school(db: None) -> trade.Unit:
    trade.land()
    return trade.unit()


def test_lines_are_frozen_at_the_price_of_their_quantity_and_the_basket_stays(school: trade.Unit) -> None:
    record = trade.goods(trade.seller(flat_freight="12.00"), NOW)
    who = {"user": school.requester, "institution": school.institution}
    basket = baskets.set_quantities(**who, quantities={record.pk: 5}, now=NOW)
    request = submitted(school, {record.pk: 300})
    assert (request.goods_fen, request.freight_fen, request.line_count) == (300 * 350, 1200, 1)
    assert StockRecord.objects.get(pk=record.pk).net_stock_level == 700
    assert basket.lines.get().quantity == 5
    assert submitted(school, {record.pk: 300}) == request
    with pytest.raises(KeyReused):
        submitted(school, {record.pk: 301})


def test_what_is_not_on_sale_is_named_and_nothing_is_asked_for(school: trade.Unit) -> None:
    record = trade.goods(trade.seller(), NOW)
    with pytest.raises(NotForSale) as caught:
        submitted(school, {record.pk: 1, 999_999: 1})
    assert caught.value.stock_record_ids == [999_999]
    assert PurchaseRequest.objects.count() == 0


def test_only_a_requester_asks(school: trade.Unit) -> None:
    record = trade.goods(trade.seller(), NOW)
    with pytest.raises(PermissionDenied):
        submit_lines(
            user=school.approver, institution=school.institution, key="k", lines={record.pk: Wanted(1)},
            delivery=trade.delivery(), now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("lines", [1, 20])
def test_asking_costs_the_same_whatever_the_lines(school: trade.Unit, lines: int) -> None:
    farm = trade.seller()
    records = [trade.goods(farm, NOW, title=f"产品{n}") for n in range(lines)]
    Site.objects.get_current()
    with CaptureQueriesContext(connection) as queries:
        submitted(school, {record.pk: 1 for record in records})
    assert len(queries) == 18
