"""Bulk buying does not cost per line: exact numbers of queries at 1, 20 and 200 lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.contrib.sites.models import Site
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.basket import services as baskets
from marketplace.basket.queries import priced_lines
from marketplace.procurement.services import fulfilment, placing, requests
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.django_db


@contextmanager
def counted(found: dict[str, int], step: str) -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    found[step] = len(queries)


def queries_of_a_purchase(lines: int) -> dict[str, int]:
    """The number of queries of each step of a purchase of so many lines from one supplier."""
    trade.land()
    school, farm = trade.unit(), trade.seller()
    records = [trade.goods(farm, NOW, title=f"产品{n}") for n in range(lines)]
    wanted = {record.pk: 300 for record in records}
    who = {"user": school.requester, "institution": school.institution}
    found: dict[str, int] = {}
    Site.objects.get_current()
    with counted(found, "add"):
        basket = baskets.set_quantities(**who, quantities=wanted, now=NOW)
    with counted(found, "price"):
        priced_lines(basket, NOW)
    with counted(found, "submit"):
        request = requests.submit_request(
            **who, key="k", delivery=trade.delivery(), now=NOW, seen_fen=lines * 105_000
        )
    with counted(found, "approve"):
        purchase = placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)
    order = {"order_id": purchase.orders.get().pk, "now": NOW}
    with counted(found, "confirm"):
        fulfilment.confirm_order(**order, actor=farm.cadre)
    with counted(found, "ship"):
        fulfilment.ship_order(**order, actor=farm.cadre, carrier="邮政", tracking_number="1")
    with counted(found, "receive"):
        fulfilment.receive_order(**order, actor=school.receiver, judgements=None)
    returned = dict.fromkeys(purchase.orders.get().lines.values_list("pk", flat=True), 1)
    with counted(found, "return"):
        fulfilment.return_goods(**order, actor=school.receiver, quantities=returned, reason="霉变")
    return found


@pytest.mark.parametrize("lines", [1, 20, 200])
def test_steps_cost_the_same_whatever_the_lines(lines: int) -> None:
    assert queries_of_a_purchase(lines) == {
        "add": 8,
        "price": 2,
        "submit": 20,
        "approve": 27,
        "confirm": 10,
        "ship": 17,
        "receive": 19,
        "return": 19,
    }


def queries_of_paying(lines: int, suppliers: int) -> dict[str, int]:
    """The number of queries of an individual's check-out and payment."""
    trade.land()
    shopper = trade.shopper()
    sellers = [trade.seller(f"合作社{number}") for number in range(suppliers)]
    records = [trade.goods(sellers[n % suppliers], NOW, title=f"产品{n}") for n in range(lines)]
    baskets.set_quantities(
        user=shopper, institution=None, quantities={record.pk: 3 for record in records}, now=NOW
    )
    found: dict[str, int] = {}
    Site.objects.get_current()
    with counted(found, "check out"):
        request = requests.check_out(
            user=shopper, key="k", delivery=trade.own_delivery(), now=NOW, seen_fen=lines * 1_200
        )
    with counted(found, "pay"):
        trade.paid(request, NOW)
    assert request.lines.count() == lines
    return found


@pytest.mark.parametrize(("lines", "suppliers"), [(1, 1), (20, 5), (200, 20)])
def test_paying_costs_the_same_whatever_the_lines_and_suppliers(lines: int, suppliers: int) -> None:
    assert queries_of_paying(lines, suppliers) == {"check out": 17, "pay": 34}
