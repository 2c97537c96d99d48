"""Prices per weight, worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money.unit_prices import price_per_jin, price_per_kg


@pytest.mark.parametrize(
    ("price", "grams", "jin", "kg"),
    [
        ("4.00", 500, "4.00", "8.00"),  # a 斤 is its own price
        ("45.00", 5000, "4.50", "9.00"),
        ("9.80", 585, "8.38", "16.75"),  # 8.376…, 16.752…
        ("55.00", 250, "110.00", "220.00"),
        ("0.01", 1000, "0.01", "0.01"),  # 0.005 goes up
        ("0.03", 2000, "0.01", "0.02"),  # 0.0075, 0.015
        ("1.00", 3000, "0.17", "0.33"),  # 0.1666…, 0.3333…
        ("3.333", 500, "3.33", "6.67"),  # tier prices keep their decimals until here
    ],
)
def test_worked_examples(price, grams, jin, kg):
    assert price_per_jin(Decimal(price), grams) == Decimal(jin)
    assert price_per_kg(Decimal(price), grams) == Decimal(kg)


@pytest.mark.parametrize("grams", [0, -500])
def test_a_net_weight_must_be_positive(grams):
    with pytest.raises(ValueError, match="positive"):
        price_per_jin(Decimal("4.00"), grams)


@given(st.integers(1, 10**9), st.integers(1, 10**7))
def test_the_error_is_at_most_half_a_fen(fen, grams):
    exact_times_grams = fen * 1000
    rounded_fen = int(price_per_kg(Decimal(fen).scaleb(-2), grams).scaleb(2))
    assert abs(2 * (rounded_fen * grams - exact_times_grams)) <= grams
