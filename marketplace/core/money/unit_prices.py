"""What a price means per weight: 元/斤 and 元/kg, the two that every price is shown with."""

from decimal import Decimal
from fractions import Fraction
from math import floor

GRAMS_PER_JIN = 500
GRAMS_PER_KG = 1000


def price_per_jin(price: Decimal, net_weight_grams: int) -> Decimal:
    """CNY per 斤 (500 g) of a sale unit's price, half up to the fen.

    Raises ValueError if the net weight is not positive.
    """
    return _price_per(GRAMS_PER_JIN, price, net_weight_grams)


def price_per_kg(price: Decimal, net_weight_grams: int) -> Decimal:
    """CNY per kilogram of a sale unit's price, half up to the fen.

    Raises ValueError if the net weight is not positive.
    """
    return _price_per(GRAMS_PER_KG, price, net_weight_grams)


def _price_per(grams: int, price: Decimal, net_weight_grams: int) -> Decimal:
    if net_weight_grams <= 0:
        raise ValueError(f"net weight must be positive, not {net_weight_grams} g")
    # A fraction, because a decimal division may round to a tie that is none.
    fen = Fraction(price) * 100 * grams / net_weight_grams
    return Decimal(floor(fen + Fraction(1, 2))).scaleb(-2)
