"""Amounts as they travel: whole fen."""

from decimal import Decimal


def fen(amount: Decimal) -> int:
    """CNY in fen; exact, because an amount has two decimals."""
    return int(amount * 100)
