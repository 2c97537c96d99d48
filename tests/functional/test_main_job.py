"""The main job from end to end, through the pages alone: listed, recognised, bought, shipped, accepted, paid.

The county's figures are read before and after, to the fen, on the screen and by the command.
"""

import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import ViewportSize

from marketplace.accounts.models import User
from marketplace.core.periods import Window, shanghai_day
from marketplace.procurement.services import fulfilment
from tests.factories import trade
from tests.factories.offices import make_office
from tests.factories.users import make_user
from tests.functional.conftest import DESK, PHONE, VisitorFrom
from tests.functional.job import (
    COUNTY,
    GOODS,
    Market,
    accept,
    approve,
    ask_to_buy,
    confirm_and_ship,
    confirm_money,
    list_goods,
    pay,
    recognise,
)
from tests.functional.keyboard import KeyboardVisitor
from tests.functional.visitor import Visitor

pytestmark = pytest.mark.browser

NOTHING = Decimal("0.00")


@pytest.fixture
def market(site: str) -> Market:
    trade.land()
    now = timezone.now()
    farm, school, official = trade.seller(flat_freight="30.00"), trade.unit(), make_user("official")
    make_office(COUNTY, official)
    sell_before(farm, now)
    kind = trade.category("蔬菜", needs_certificate=True)
    return Market(farm, school, official, kind, shanghai_day(now))


def sell_before(farm: trade.Seller, now: datetime) -> None:
    """1,050.00 CNY of another product, accepted by a hospital."""
    hospital, oranges = trade.unit("示范市人民医院"), trade.goods(farm, now, kind=trade.category("水果"))
    who = {"order_id": trade.ordered(hospital, {oranges.pk: 300}, now).pk, "now": now}
    fulfilment.confirm_order(**who, actor=farm.cadre)
    fulfilment.ship_order(**who, actor=farm.cadre, carrier="邮政", tracking_number="1")
    fulfilment.receive_order(**who, actor=hospital.receiver, judgements=None)


@dataclass
class Desks:
    """A browser for each of those who work together."""

    visitor: VisitorFrom
    viewport: ViewportSize
    kind: type[Visitor] = Visitor

    def of(self, user: User, *, is_logged_in: bool = True) -> Visitor:
        made = self.visitor(self.viewport, kind=self.kind)
        made.come_as(user) if is_logged_in else made.log_in(user)
        return made


def test_on_phones_the_main_job_moves_the_countys_figures_by_exactly_the_goods(
    market: Market, visitor: VisitorFrom
) -> None:
    do_the_main_job(market, Desks(visitor, PHONE))


def test_at_desks_the_keyboard_alone_does_the_main_job(market: Market, visitor: VisitorFrom) -> None:
    do_the_main_job(market, Desks(visitor, DESK, KeyboardVisitor))


def do_the_main_job(market: Market, desks: Desks) -> None:
    """By whatever means these visitors have; after each step the county's figures say so."""
    cadre, office = desks.of(market.farm.cadre, is_logged_in=False), desks.of(market.official)
    before = figures(office)
    assert before == reported(market.today) == (Decimal("1050.00"), Decimal("1050.00"), NOTHING)

    list_goods(cadre, market)
    recognise(office, market)
    ask_to_buy(desks.of(market.school.requester), market)
    approve(desks.of(market.school.approver))
    assert moved(office, before) == (GOODS, NOTHING, NOTHING)

    confirm_and_ship(cadre)
    accept(desks.of(market.school.receiver))
    assert moved(office, before) == (GOODS, GOODS, NOTHING)

    pay(desks.of(market.school.finance))
    assert moved(office, before) == (GOODS, GOODS, NOTHING)
    confirm_money(cadre)
    assert moved(office, before) == (GOODS, GOODS, GOODS)
    assert figures(office) == reported(market.today)
    call_command("verify_sales", stdout=io.StringIO())
    call_command("verify_stock", stdout=io.StringIO())


def figures(office: Visitor) -> tuple[Decimal, ...]:
    """Contracted, accepted, paid of the county this month, as the page shows its total."""
    office.open(f"/office/{COUNTY}/figures/")
    cells = office.page.locator("tfoot td")
    shown = dict(zip(cells.evaluate_all(LABELS), cells.all_text_contents(), strict=True))
    return tuple(
        Decimal(shown[label].strip().strip("¥").replace(",", "")) for label in ("已签约", "已验收", "已付款")
    )


LABELS = "cells => cells.map(cell => cell.dataset.label)"


def reported(today: date) -> tuple[Decimal, ...]:
    """The same by manage.py county_report."""
    month, out = Window.month(today), io.StringIO()
    days = ["--from", month.start.isoformat(), "--to", month.end.isoformat()]
    call_command("county_report", "--region", COUNTY, *days, "--format", "json", stdout=out)
    total = json.loads(out.getvalue())["total"]
    return tuple(Decimal(total[name]) for name in ("contracted", "accepted", "paid"))


def moved(office: Visitor, before: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """By how much each figure is higher than before."""
    return tuple(now - then for now, then in zip(figures(office), before, strict=True))
