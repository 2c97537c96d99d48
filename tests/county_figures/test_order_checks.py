"""manage.py verify_sales compares the journal with the orders and what happened to them."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from marketplace.order.models import Line
from marketplace.procurement.models import ShipmentLine
from marketplace.procurement.services import fulfilment
from marketplace.procurement.services.fulfilment import Judgement
from tests.factories import campaigns, trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    """300 units at 3.50 CNY, all shipped, 290 accepted and 10 not, 20 sent back."""
    trade.land()
    school, farm = trade.unit(), trade.seller()
    order = trade.ordered(school, {trade.goods(farm, NOW).pk: 300}, NOW)
    line: Line = order.lines.get()
    who = {"order_id": order.pk, "now": NOW}
    fulfilment.confirm_order(**who, actor=farm.cadre)
    fulfilment.ship_order(**who, actor=farm.cadre, carrier="邮政", tracking_number="1")
    judgement = Judgement(accepted=290, rejected=10, reason="压坏")
    fulfilment.receive_order(**who, actor=school.receiver, judgements={line.pk: judgement})
    fulfilment.return_goods(**who, actor=school.receiver, quantities={line.pk: 20}, reason="霉变")
    return line


def differences(capsys: pytest.CaptureFixture[str]) -> list[str]:
    with pytest.raises(CommandError):
        call_command("verify_sales")
    return capsys.readouterr().err.splitlines()


@pytest.mark.usefixtures("line")
def test_orders_led_by_the_services_have_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_sales")
    assert capsys.readouterr().out == "No difference.\n"


def test_a_changed_quantity_is_named_with_both_figures(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    Line.objects.filter(pk=line.pk).update(quantity_returned=21)
    name = f"{line.order.number} line {line.pk}"
    assert differences(capsys) == [
        f"order line: {name} accepted: expected 94150, found 94500",
        f"order history: {name} returned: expected 20, found 21",
    ]


def test_a_shipment_that_the_line_does_not_know_is_named(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    ShipmentLine.objects.filter(line=line).update(quantity=299)
    assert differences(capsys) == [
        f"order history: {line.order.number} line {line.pk} shipped: expected 299, found 300"
    ]


def test_an_event_that_counts_for_another_campaign_than_its_line_is_named(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaigns.made(NOW.date())
    Line.objects.filter(pk=line.pk).update(campaign=campaign)
    found = differences(capsys)
    assert len(found) == 4
    event = f"accepted:{line.receipt_lines.get().receipt_id}"
    name = f"{line.order.number} line {line.pk} {event}"
    assert found[0] == f"campaign: {name}: expected {campaign.pk}, found none"
