"""Whatever is bought, moved and paid in whatever order: figures, orders, stock and money agree to the fen."""

import pytest

from tests.soak.histories import ACTS, try_histories

HISTORIES = 200
SEED = 6  # with which each act is done eleven times or more


@pytest.mark.slow
@pytest.mark.django_db
def test_generated_histories_add_up_to_the_fen() -> None:
    acts = try_histories(HISTORIES, most_acts=6, same=SEED)
    assert acts.keys() >= {"order", "buy_alone", "price", "restock", "merge", "pay", "refund", *ACTS.values()}
