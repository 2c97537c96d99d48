"""One person puts goods in from several windows at once: one basket, and nothing that was put in is lost."""

from datetime import datetime
from functools import partial

import pytest

from marketplace.basket import services as baskets
from marketplace.basket.models import Basket, Line
from tests.factories import trade
from tests.threads import run_together

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
WINDOWS = 6

pytestmark = pytest.mark.usefixtures("race_database")


@pytest.mark.parametrize("is_for_school", [True, False])
def test_six_windows_fill_one_basket_and_each_finds_its_line(is_for_school: bool) -> None:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    records = [trade.goods(farm, NOW, title=f"笋 {each}") for each in range(WINDOWS)]
    who = {"user": school.requester, "institution": school.institution if is_for_school else None}
    put = [
        partial(baskets.set_quantities, **who, quantities={record.pk: 10 + place, records[0].pk: 7}, now=NOW)
        for place, record in enumerate(records)
        if place
    ]
    assert len({basket.pk for basket in run_together(put)}) == 1
    assert Basket.objects.count() == 1
    found = dict(Line.objects.values_list("stockrecord", "quantity"))
    assert found == {records[0].pk: 7} | {each.pk: 10 + n for n, each in enumerate(records) if n}
