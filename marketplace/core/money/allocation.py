"""Spreading an amount exactly: no fen is lost and none is made."""

from collections.abc import Sequence


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """The amount divided in proportion to the weights, by largest remainder; ties go to the earlier weight.

    Amount and weights are not negative (fen). The parts add up to the amount; no part differs from its exact
    share by a whole fen.

    Raises:
        ValueError: something to spread, but nothing to spread it on.
    """
    total = sum(weights)
    if total == 0:
        if amount:
            raise ValueError("There is nothing on which the amount could be spread.")
        return [0] * len(weights)
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return parts
