"""Whatever is bought, moved and paid in whatever order: figures, orders, stock and money agree to the fen."""

import pytest

from tests.soak.histories import ACTS, TRANSFERS, repeat_histories

SEEDS = range(200)


@pytest.mark.slow
@pytest.mark.django_db
def test_generated_histories_add_up_to_the_fen() -> None:
    acts = repeat_histories(SEEDS, most_acts=6)
    others = {"order", "buy_alone", "price", "restock", "merge", "settle"}
    assert acts.keys() >= others | {*ACTS.values()} | TRANSFERS.keys()
