"""64 buyers after the last units of three products, while others cancel, edit prices and count stock."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import accumulate

from django.db import Error
from django.utils import timezone

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.basket.services import NotForSale
from marketplace.procurement.models import Cancellation, PurchaseRequest
from marketplace.procurement.services import direct, fulfilment, placing, requests
from tests.factories import trade
from tests.soak.invariants import violations
from tests.threads import run_together

BUYERS, PRODUCTS, UNITS, MOST_WANTED, EDITS = 64, 3, 7, 5, 8
Quantities = dict[int, int]


@dataclass
class Found:
    """What came of one rush: `broken` are the errors that nobody should see, deadlocks among them."""

    buyers_served: int = 0
    oversold: int = 0
    unsold_but_wanted: int = 0
    broken: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was oversold, left over, broken or unexplained."""
        return not (self.oversold or self.unsold_but_wanted or self.broken or self.differences)


@dataclass(frozen=True)
class Buyer:
    """One who wants all of these sale units or nothing, and what they do once they have them."""

    number: int
    wanted: Quantities
    then: str


class Rush:
    """A market with three products, many buyers, and a cadre; each seed wants and does something else."""

    def __init__(self, seed: int, buyers: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- repeatable, not secret
        self.now = timezone.now()
        trade.land()
        self.school, self.farm = trade.unit(), trade.seller()
        self.records = [
            trade.goods(self.farm, self.now, title=f"最后 {each}", price="4.00", tiers=(), available=UNITS)
            for each in range(PRODUCTS)
        ]
        self.buyers = [self.buyer(number) for number in range(buyers)]
        self.broken: list[str] = []

    def buyer(self, number: int) -> Buyer:
        """Wants 1 to 5 units of one to three products, in any order."""
        chosen = self.random.sample(self.records, self.random.randint(1, PRODUCTS))
        wanted = {record.pk: self.random.randint(1, MOST_WANTED) for record in chosen}
        return Buyer(number, wanted, self.random.choice(["wait", "approve", "cancel", "withdraw"]))

    def run(self) -> Found:
        """The rush, then the second try of those who were refused, when nobody cancels or counts any more."""
        others = [self.edit_prices, self.count_stock]
        first = run_together([partial(self.buy, buyer) for buyer in self.buyers] + others)
        refused = [buyer for buyer, got in zip(self.buyers, first, strict=False) if got is None]
        second = run_together([partial(self.buy, Buyer(b.number, b.wanted, "wait")) for b in refused])
        held = [got for got in [*first, *second] if got]
        unserved = [buyer for buyer, got in zip(refused, second, strict=True) if got is None]
        return self.found(held, unserved)

    def buy(self, buyer: Buyer) -> Quantities | None:
        """What the buyer holds in the end; None if they were refused."""
        try:
            request = self.submitted(buyer)
            return getattr(self, buyer.then)(request, buyer.wanted)
        except (stock.NotSellable, NotForSale):
            return None
        except Error as error:
            self.broken.append(repr(error.__cause__ or error))
            return {}

    def submitted(self, buyer: Buyer) -> PurchaseRequest:
        """The buyer's request, its stock reserved."""
        return direct.submit_lines(
            user=self.school.requester,
            institution=self.school.institution,
            key=f"{buyer.number}:{buyer.then}",
            lines={pk: direct.Wanted(quantity) for pk, quantity in buyer.wanted.items()},
            delivery=trade.delivery(),
            now=self.now,
        )

    def wait(self, _request: PurchaseRequest, wanted: Quantities) -> Quantities:
        """Nothing more: the reservation holds the units."""
        return wanted

    def approve(self, request: PurchaseRequest, wanted: Quantities) -> Quantities:
        """Ordered."""
        placing.approve_request(request_id=request.pk, approver=self.school.approver, now=self.now)
        return wanted

    def cancel(self, request: PurchaseRequest, _wanted: Quantities) -> Quantities:
        """Ordered, and cancelled again."""
        purchase = placing.approve_request(request_id=request.pk, approver=self.school.approver, now=self.now)
        fulfilment.cancel_order(
            order_id=purchase.orders.get().pk,
            actor=self.school.requester,
            kind=Cancellation.Kind.BUYER,
            reason="停课",
            now=self.now,
        )
        return {}

    def withdraw(self, request: PurchaseRequest, _wanted: Quantities) -> Quantities:
        """Asked for, and taken back."""
        requests.withdraw_request(request_id=request.pk, actor=self.school.requester, now=self.now)
        return {}

    def edit_prices(self) -> Quantities:
        """The cadre has the forms open and saves one price after the other."""
        for step in range(EDITS):
            self.edit(stock.set_price, step, price=Decimal(4 + step))
        return {}

    def count_stock(self) -> Quantities:
        """The cadre finds three to seven units that can be sold, again and again."""
        for step in range(EDITS):
            self.edit(stock.set_stock, step, available=3 + step % 5)
        return {}

    def edit(self, change: Callable[..., None], step: int, **value: object) -> None:
        """One of the products changed, as it was loaded at the beginning."""
        record = self.records[step % PRODUCTS]
        try:
            change(stock_record=record, now=self.now, actor=self.farm.cadre, **value)
        except Error as error:
            self.broken.append(repr(error.__cause__ or error))

    def found(self, held: list[Quantities], unserved: list[Buyer]) -> Found:
        """What the buyers hold, compared with what there is and what every check says."""
        records = StockRecord.objects.filter(pk__in=[record.pk for record in self.records])
        sold = {record.pk: sum(each.get(record.pk, 0) for each in held) for record in records}
        left = {record.pk: record.num_in_stock - sold[record.pk] for record in records}
        differences = [
            f"stock record {record.pk}: buyers hold {sold[record.pk]}, allocated {record.num_allocated}"
            for record in records
            if sold[record.pk] != record.num_allocated
        ]
        return Found(
            buyers_served=len(held),
            oversold=sum(most_oversold(record) for record in records),
            unsold_but_wanted=sum(
                all(left[pk] >= quantity for pk, quantity in buyer.wanted.items()) for buyer in unserved
            ),
            broken=self.broken,
            differences=differences + violations(self.now),
        )


def most_oversold(record: StockRecord) -> int:
    """How many units more than there were had been promised at the worst moment of the record's history."""
    moved = record.movements.order_by("pk").values_list("delta_in_stock", "delta_allocated")
    return -min(accumulate((stocked - allocated for stocked, allocated in moved), initial=0))


def rush(seed: int, buyers: int = BUYERS) -> Found:
    """One rush of this seed on the default database, in which every thread commits for real."""
    return Rush(seed, buyers).run()
