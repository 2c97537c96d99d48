"""manage.py verify_sales finds what differs, and only that."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from marketplace.county_figures import verification
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.models import CampaignTotal, DailyTotal, MonthlyTotal, SalesEvent
from tests.factories.sales_journal import OTHER_VILLAGE, VILLAGE, at, journal_line, posted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sales(monkeypatch: pytest.MonkeyPatch) -> None:
    # These entries belong to no order; test_order_checks looks at the orders.
    monkeypatch.setattr(verification, "CHECKS", verification.JOURNAL_CHECKS)
    lines = [
        journal_line(VILLAGE, 100),
        journal_line(OTHER_VILLAGE, 20, line_key="line:2"),
        journal_line(OTHER_VILLAGE, 0, line_key="line:3", weight_grams=0, campaign_id=9),
    ]
    posted(Kind.CONTRACTED, *lines, key="c", event_at=at(2020, 3, 3))
    posted(Kind.ACCEPTED, *lines, key="a", event_at=at(2020, 3, 31, 23))
    posted(Kind.RETURNED, lines[0], key="r", event_at=at(2020, 4, 1, 0))
    posted(Kind.PAID, *lines, key="p", event_at=at(2020, 4, 2))


def differences(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    with pytest.raises(CommandError) as refused:
        call_command("verify_sales", *arguments)
    found = capsys.readouterr().err.splitlines()
    assert str(refused.value).startswith(f"{len(found)} differences")
    assert refused.value.returncode == 1
    return found


def test_sound_figures_have_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_sales")
    assert capsys.readouterr().out == "No difference.\n"


def change_a_day() -> None:
    DailyTotal.objects.filter(day=dt.date(2020, 3, 31), village_code=VILLAGE).update(
        accepted_fen=F("accepted_fen") + 1
    )


def lose_a_month() -> None:
    MonthlyTotal.objects.filter(month=dt.date(2020, 3, 1), county_code=OTHER_VILLAGE[:6]).delete()


def invent_a_day() -> None:
    DailyTotal.objects.create(
        day=dt.date(2020, 3, 9), village_code=VILLAGE, county_code=VILLAGE[:6], paid_fen=5
    )


def change_a_campaign() -> None:
    CampaignTotal.objects.update(accepted_fen=F("accepted_fen") + 1)


def invent_a_campaign() -> None:
    CampaignTotal.objects.create(campaign_id=10, county_code=VILLAGE[:6], contracted_grams=5)


def add_an_empty_event() -> None:
    SalesEvent.objects.create(
        key="empty", event_at=at(2020, 3, 5), booked_at=at(2020, 3, 5), counted_on=dt.date(2020, 3, 5)
    )


def shift_an_event() -> None:
    """Counted on its booking day although its month is open."""
    event = SalesEvent.objects.create(
        key="shifted", event_at=at(2020, 3, 5), booked_at=at(2020, 5, 5), counted_on=dt.date(2020, 5, 5)
    )
    assert event.counted_on == dt.date(2020, 5, 5)


SHIFTED = "2020-03-05, or 2020-05-05 if that month was closed"


@pytest.mark.parametrize(
    ("injure", "named"),
    [
        (
            change_a_day,
            [f"daily total: 2020-03-31 {VILLAGE} accepted_fen: expected 100, found 101"],
        ),
        (
            lose_a_month,
            [
                f"monthly total: 2020-03-01 445281 {name}: expected {value}, found 0"
                for name, value in [
                    ("contracted_fen", 20),
                    ("accepted_fen", 20),
                    ("contracted_grams", 50_000),
                    ("accepted_grams", 50_000),
                ]
            ],
        ),
        (invent_a_day, [f"daily total: 2020-03-09 {VILLAGE} paid_fen: expected 0, found 5"]),
        (change_a_campaign, ["campaign total: 9 445281 accepted_fen: expected 0, found 1"]),
        (invent_a_campaign, ["campaign total: 10 445224 contracted_grams: expected 0, found 5"]),
        (add_an_empty_event, ["event: empty: expected at least one line, found none"]),
        (
            shift_an_event,
            [
                "event: shifted: expected at least one line, found none",
                f"counted on: shifted: expected {SHIFTED}, found 2020-05-05",
            ],
        ),
    ],
)
def test_an_injected_difference_is_named(
    injure: Callable[[], None], named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    injure()
    assert differences(capsys) == named


def test_one_month_can_be_verified_alone(capsys: pytest.CaptureFixture[str]) -> None:
    change_a_day()
    call_command("verify_sales", "--month", "2020-04")
    assert capsys.readouterr().out == "No difference.\n"
    assert len(differences(capsys, "--month", "2020-03")) == 1


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="write it as YYYY-MM"):
        call_command("verify_sales", "--month", "2020-13")
