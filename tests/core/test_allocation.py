"""Spreading an amount exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money.allocation import spread

weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=50).filter(any)


def test_a_third_each_gives_the_odd_fen_to_the_first() -> None:
    assert spread(100, [1, 1, 1]) == [34, 33, 33]


def test_the_largest_remainder_gets_the_odd_fen() -> None:
    # exact shares 1.67, 3.33, 5.00: the remainder of the first is the largest
    assert spread(10, [1, 2, 3]) == [2, 3, 5]


def test_nothing_to_spread_is_nothing_everywhere() -> None:
    assert spread(0, [0, 0]) == [0, 0]


def test_something_cannot_be_spread_on_nothing() -> None:
    with pytest.raises(ValueError, match="nothing on which"):
        spread(1, [0, 0])


@given(amount=st.integers(min_value=0, max_value=10**12), weights=weights)
def test_no_fen_is_lost_and_no_part_is_a_fen_off(amount: int, weights: list[int]) -> None:
    parts = spread(amount, weights)
    total = sum(weights)
    assert sum(parts) == amount
    assert all(
        abs(part * total - amount * weight) < total for part, weight in zip(parts, weights, strict=True)
    )
