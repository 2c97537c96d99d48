"""A key sent six times at once, a request approved six times at once: one effect, and all get one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.forms.models import model_to_dict

from catalog.partner.models import StockRecord
from marketplace.basket import services as baskets
from marketplace.order.models import Purchase
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import direct, placing, requests
from tests.factories import trade
from tests.threads import run_together

AT_ONCE, UNITS = 6, 3


@dataclass
class Found:
    """How many keys were sent, what they made, and how many different answers a key got at most."""

    keys: int = 0
    requests: int = 0
    purchases: int = 0
    orders: int = 0
    units_held: int = 0
    most_answers: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether each key had one effect and one answer."""
        made = {self.requests, self.purchases, self.orders, self.units_held / UNITS}
        return made == {self.keys} and self.most_answers == 1


def send_keys(number: int, now: datetime) -> Found:
    """So many keys, each sent six times at once and then approved six times at once.

    Through the basket and, every other time, as another system does, without one.
    """
    trade.land()
    school, record = trade.unit(), trade.goods(trade.seller(), now, available=UNITS * number)
    found = Found(keys=number)
    for each in range(number):
        submit = (through_the_basket, as_a_system)[each % 2](school, record, f"key {each}", now)
        found.most_answers = max(found.most_answers, answers_to(submit))
        request = PurchaseRequest.objects.get(institution=school.institution, key=f"key {each}")
        approve = partial(placing.approve_request, request_id=request.pk, approver=school.approver, now=now)
        found.most_answers = max(found.most_answers, answers_to(approve))
    count_effects(found, school, record)
    return found


def through_the_basket(
    school: trade.Unit, record: StockRecord, key: str, now: datetime
) -> Callable[[], PurchaseRequest]:
    """Submits the requester's basket, in which there are three units now."""
    who: dict[str, Any] = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities={record.pk: UNITS}, now=now)
    return partial(requests.submit_request, **who, key=key, delivery=trade.delivery(), now=now)


def as_a_system(
    school: trade.Unit, record: StockRecord, key: str, now: datetime
) -> Callable[[], PurchaseRequest]:
    """Submits three units without a basket."""
    return partial(
        direct.submit_lines,
        user=school.requester,
        institution=school.institution,
        key=key,
        lines={record.pk: direct.Wanted(UNITS)},
        delivery=trade.delivery(),
        now=now,
    )


def answers_to(act: Callable[[], PurchaseRequest | Purchase]) -> int:
    """How many different answers six get who do it at once, compared by every field."""
    answers = [model_to_dict(answer) for answer in run_together([act] * AT_ONCE)]
    return sum(answer not in answers[:place] for place, answer in enumerate(answers))


def count_effects(found: Found, school: trade.Unit, record: StockRecord) -> None:
    """What is in the database afterwards."""
    purchases = Purchase.objects.filter(institution=school.institution)
    found.requests = PurchaseRequest.objects.filter(institution=school.institution).count()
    found.purchases = purchases.count()
    found.orders = purchases.filter(orders__isnull=False).count()
    record.refresh_from_db()
    found.units_held = record.num_allocated
