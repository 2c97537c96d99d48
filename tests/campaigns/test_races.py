"""Makers at once: first that there is a race, then that the second one is told of the first."""

from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError

from marketplace.campaigns import services
from marketplace.campaigns.models import Campaign
from tests.factories import campaigns, trade
from tests.threads import PATIENCE_SECONDS, run_together

pytestmark = pytest.mark.usefixtures("race_database")


def make_twice_at_once() -> list[str]:
    """What becomes of two who make a campaign of one name for the same days."""
    trade.land()
    editor = campaigns.editor()
    wanted = campaigns.plan(date(2020, 3, 1))

    def make() -> str:
        try:
            services.make_campaign(plan=wanted, actor=editor)
        except services.InvalidCampaign:
            return "told"
        except (IntegrityError, OperationalError):  # refused, or deadlocked while both wait for the answer
            return "failed"
        return "made"

    return sorted(run_together([make, make]))


def test_without_taking_turns_only_the_database_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    both_are_here = Barrier(2)
    looked = services._require

    def look(plan: services.Plan, **others: object) -> None:
        looked(plan, **others)  # type: ignore[arg-type]
        both_are_here.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(services, "_lock", lambda: None)
    monkeypatch.setattr(services, "_require", look)
    assert make_twice_at_once() == ["failed", "made"]


def test_the_second_one_is_told_of_the_first() -> None:
    assert make_twice_at_once() == ["made", "told"]
    assert Campaign.objects.count() == 1
