"""Quantities as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "quantity-"
MOST = 10_000_000
MOST_DIGITS = 12


class WrongQuantity(ValueError):
    """What was typed is no whole number within reason; by stock record, as it was typed."""

    def __init__(self, typed: Mapping[int, str]) -> None:
        self.typed = dict(typed)
        super().__init__(_("A quantity is a whole number from 1 to 10,000,000."))


def quantities_in(data: Mapping[str, str], *, least: int = 0) -> dict[int, int]:
    """Stock record → quantity of every field quantity-<id>, none below `least`.

    Raises:
        WrongQuantity: names every field that makes no sense.
    """
    typed = {int(name.removeprefix(PREFIX)): data[name] for name in data if _is_quantity(name)}
    parsed = {pk: parse_quantity(text) for pk, text in typed.items()}
    wrong = {pk: typed[pk] for pk, quantity in parsed.items() if quantity is None or quantity < least}
    if wrong:
        raise WrongQuantity(wrong)
    return {pk: quantity for pk, quantity in parsed.items() if quantity is not None}


def parse_quantity(text: str) -> int | None:
    """ "1,200" and "３００" are 1200 and 300; None for what is no whole number from 0 to the most."""
    digits = "".join(sign for sign in text if sign not in ",， \u00a0\u3000\t")
    if not digits.isdecimal() or len(digits) > MOST_DIGITS or int(digits) > MOST:
        return None
    return int(digits)


def _is_quantity(name: str) -> bool:
    number = name.removeprefix(PREFIX)
    return name.startswith(PREFIX) and number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
