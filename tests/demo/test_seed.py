"""The same seed and day give the same figures, another seed others: on a small part of the demo."""

from datetime import datetime

import pytest
from django.db import transaction

from marketplace.demo import loading, pictures, rows, shopping, year
from marketplace.sales_journal.models import DailyTotal
from tests.transactions import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country_database")]

CITY = "4452"
JUST_AFTER_MIDNIGHT = datetime.fromisoformat("2026-11-20T00:10:00+08:00")
LATE = datetime.fromisoformat("2026-11-20T23:50:00+08:00")
NEXT_DAY = datetime.fromisoformat("2026-11-21T00:10:00+08:00")

Figures = list[tuple[object, ...]]


@pytest.fixture(autouse=True)
def _small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fifth specialty of one city, without pictures and pages, and a few purchases."""
    specialties = [row for row in rows.specialties() if row.county_code.startswith(CITY)][::5]
    monkeypatch.setattr(rows, "specialties", lambda: specialties)
    monkeypatch.setattr(pictures, "picture_of", lambda _title: None)
    monkeypatch.setattr(loading.pages, "publish", lambda *_said: None)
    monkeypatch.setattr(year, "FATES", {"returned": 1})
    monkeypatch.setattr(year, "RECENT", ("shipped", "accepted"))
    monkeypatch.setattr(shopping, "PURCHASES", shopping.PURCHASES[1:3])


def figures(seed: int, now: datetime) -> Figures:
    """Every village's figures of every day after this load, which is undone."""
    with undone():
        assert loading.load(seed=seed, now=now)
        found = list(
            DailyTotal.objects.order_by("day", "village_code").values_list(
                "day", "village_code", "contracted_fen", "accepted_fen", "paid_fen", "accepted_grams"
            )
        )
        transaction.set_rollback(True)
    return found


def test_seed_and_day_alone_decide_on_the_figures() -> None:
    first = figures(2020, JUST_AFTER_MIDNIGHT)
    assert len(first) > 10
    assert figures(2020, LATE) == first
    other = figures(7, LATE)
    assert sum(row[3] for row in other) != sum(row[3] for row in first)
    days = [row[0].toordinal() + 1 for row in first]
    assert [row[0].toordinal() for row in figures(2020, NEXT_DAY)] == days
