"""The paired assistance that an order's acceptance is credited to, and its return taken back from."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command

from marketplace.procurement.services import fulfilment
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.models import JournalEntry
from supplier_villages.regions.models import PairedAssistance
from tests.factories import regions, trade

pytestmark = pytest.mark.django_db

DECEMBER_28, JANUARY_3, JANUARY_5 = (
    dt.datetime.fromisoformat(f"{day}T10:00:00+08:00") for day in ("2020-12-28", "2021-01-03", "2021-01-05")
)
NEW_YEAR = dt.date(2021, 1, 1)
EAST_WEST, PAIRED = "east_west", "paired"


def helps(kind: str, **window: dt.date) -> None:
    """东莞 helps the county of the goods in the half-open window."""
    PairedAssistance.objects.create(
        helper_id="441900", helped_id="445203", kind=kind, level="county", confidence="high",
        **{"valid_from": dt.date(2020, 1, 1), **window},
    )  # fmt: skip


class Deal:
    """300 units at 3.50 and 500 g, shipped in December; a pair ends and another begins with the year."""

    def __init__(self) -> None:
        trade.land()
        regions.dongguan()
        helps(EAST_WEST, valid_to=NEW_YEAR)
        helps(PAIRED, valid_from=NEW_YEAR)
        self.school, self.farm = trade.unit(), trade.seller()
        record = trade.goods(self.farm, DECEMBER_28)
        self.order = trade.ordered(self.school, {record.pk: 300}, DECEMBER_28)
        self.line_id = self.order.lines.get().pk
        who: dict[str, Any] = {"order_id": self.order.pk, "actor": self.farm.cadre, "now": DECEMBER_28}
        fulfilment.confirm_order(**who)
        fulfilment.ship_order(**who, carrier="邮政", tracking_number="1")

    def accept(self, quantity: int, now: dt.datetime) -> None:
        fulfilment.receive_order(
            order_id=self.order.pk, actor=self.school.receiver, now=now,
            judgements={self.line_id: Judgement(accepted=quantity)},
        )  # fmt: skip

    def give_back(self, quantity: int, now: dt.datetime) -> None:
        fulfilment.return_goods(
            order_id=self.order.pk, actor=self.school.receiver, now=now,
            quantities={self.line_id: quantity}, reason="霉变",
        )  # fmt: skip


@pytest.fixture
def deal() -> Deal:
    return Deal()


def moved(kind: Kind) -> list[tuple[int, int, int, list[str]]]:
    """Units, fen, grams and kinds of pairs of each entry of the kind, in the order of booking."""
    entries = JournalEntry.objects.filter(kind=kind).order_by("event_id", "line_key")
    return [
        (entry.quantity, entry.amount_fen, entry.weight_grams, [pair["kind"] for pair in entry.pairs])
        for entry in entries
    ]


def test_an_acceptance_is_credited_to_the_pairs_of_its_day(deal: Deal) -> None:
    deal.accept(100, DECEMBER_28)
    deal.accept(200, JANUARY_3)
    assert moved(Kind.ACCEPTED) == [(100, 35_000, 50_000, [EAST_WEST]), (200, 70_000, 100_000, [PAIRED])]


def test_a_return_is_taken_back_from_the_pairs_of_the_acceptance(deal: Deal) -> None:
    deal.accept(300, DECEMBER_28)
    deal.give_back(20, JANUARY_5)
    assert moved(Kind.RETURNED) == [(-20, -7_000, -10_000, [EAST_WEST])]


def test_what_was_accepted_last_goes_back_first(deal: Deal) -> None:
    deal.accept(250, DECEMBER_28)
    deal.accept(50, JANUARY_3)
    deal.give_back(20, JANUARY_5)
    deal.give_back(40, JANUARY_5)
    deal.give_back(240, JANUARY_5)
    assert moved(Kind.RETURNED) == [
        (-20, -7_000, -10_000, [PAIRED]),
        (-30, -10_500, -15_000, [PAIRED]),
        (-10, -3_500, -5_000, [EAST_WEST]),
        (-240, -84_000, -120_000, [EAST_WEST]),
    ]
    call_command("verify_sales", stdout=io.StringIO())


def test_what_was_accepted_under_no_pair_goes_back_under_none(deal: Deal) -> None:
    PairedAssistance.objects.filter(kind=EAST_WEST).delete()
    deal.accept(300, DECEMBER_28)
    deal.give_back(20, JANUARY_5)
    assert moved(Kind.RETURNED) == [(-20, -7_000, -10_000, [])]
