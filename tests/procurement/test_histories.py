"""Whatever is bought, moved and paid in whatever order: figures, orders, stock and money agree to the fen."""

import pytest

from tests.soak.histories import ACTS, TRANSFERS, repeat_histories, try_histories

MOST_ACTS = 6
GENERATED, SEEDS = 160, range(40)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_generated_histories_add_up_to_the_fen() -> None:
    assert try_histories(GENERATED, MOST_ACTS, derandomize=True).total() > GENERATED


def test_repeated_histories_add_up_to_the_fen_and_do_everything() -> None:
    acts = repeat_histories(SEEDS, MOST_ACTS)
    others = {"order", "buy_alone", "price", "restock", "merge", "settle"}
    assert acts.keys() >= others | {*ACTS.values()} | TRANSFERS.keys()
