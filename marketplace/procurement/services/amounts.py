"""The most that a line and an order can come to; asked for more, nothing is reserved."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from marketplace.basket.queries import PricedLine, SupplierLines, by_supplier
from marketplace.core.templatetags.formats import cny
from marketplace.procurement.models.requests import MOST_OF_AN_ORDER


class AmountTooLarge(Exception):
    """A line or an order comes to too much; `problems`: stock record → what is wrong and what to do."""

    def __init__(self, problems: dict[int, str]) -> None:
        super().__init__(_("This comes to more than one order can hold."))
        self.problems = problems


def require_possible_amounts(lines: Iterable[PricedLine]) -> None:
    """Goes on only if each line, and the goods and freight of each supplier together, fit an order.

    Raises:
        AmountTooLarge: names the lines, or the dearest line of an order that is too large by its sum only.
    """
    problems = {pk: text for part in by_supplier(lines) for pk, text in problems_of(part).items()}
    if problems:
        raise AmountTooLarge(problems)


def problems_of(part: SupplierLines) -> dict[int, str]:
    """Stock record → what is wrong with a supplier's part of what is asked for; empty if nothing."""
    words = {"most": cny(MOST_OF_AN_ORDER), "supplier": part.supplier.name}
    text = _(
        "This comes to %(amount)s; %(most)s is the most for one line. Order less here, and the "
        "rest separately."
    )
    problems = {
        priced.line.stockrecord_id: text % {**words, "amount": cny(priced.line_price)}
        for priced in part.lines
        if priced.line_price > MOST_OF_AN_ORDER
    }
    if problems or part.total <= MOST_OF_AN_ORDER:
        return problems
    text = _(
        "With freight and whatever else %(supplier)s is to deliver this comes to %(amount)s; %(most)s is the "
        "most for one order. Order less here, and the rest separately."
    )
    dearest = max(part.lines, key=lambda priced: priced.line_price)
    return {dearest.line.stockrecord_id: text % {**words, "amount": cny(part.total)}}
