"""Whatever is bought, moved and paid in whatever order: figures, orders, stock and money agree to the fen."""

import pytest

from tests.soak.histories import ACTS, TRANSFERS, try_histories

HISTORIES = 200
SEED = 2  # with which each act is done three times or more, and 53 transfers are confirmed


@pytest.mark.slow
@pytest.mark.django_db
def test_generated_histories_add_up_to_the_fen() -> None:
    acts = try_histories(HISTORIES, most_acts=6, same=SEED)
    others = {"order", "buy_alone", "price", "restock", "merge", "settle"}
    assert acts.keys() >= others | {*ACTS.values()} | TRANSFERS.keys()
