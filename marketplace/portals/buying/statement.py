"""What a purchase comes to: the accounts of its suppliers, and their sums."""

from dataclasses import dataclass

from marketplace.order.models import Purchase
from marketplace.procurement import queries


@dataclass(frozen=True)
class Statement:
    """The accounts of a purchase's suppliers, and their sums in fen."""

    rows: list[queries.StatementRow]

    @property
    def ordered_fen(self) -> int:
        """Goods as they were ordered."""
        return sum(row.ordered_fen for row in self.rows)

    @property
    def accepted_fen(self) -> int:
        """Goods that were accepted."""
        return sum(row.accepted_fen for row in self.rows)

    @property
    def returned_fen(self) -> int:
        """Goods that went back."""
        return sum(row.returned_fen for row in self.rows)

    @property
    def freight_fen(self) -> int:
        """Freight that is owed."""
        return sum(row.freight_fen for row in self.rows)

    @property
    def due_fen(self) -> int:
        """Goods and freight that are owed, paid or not."""
        return sum(row.due_fen for row in self.rows)

    @property
    def paid_fen(self) -> int:
        """Paid, less what was paid back."""
        return sum(row.paid_fen for row in self.rows)

    @property
    def outstanding_fen(self) -> int:
        """Still to be paid; negative where too much was paid."""
        return self.due_fen - self.paid_fen


def statement_of(purchase: Purchase) -> Statement:
    """The accounts of the purchase's orders, in a fixed number of queries."""
    orders = purchase.orders.select_related("supplier").order_by("number").prefetch_related("lines")
    return Statement(queries.statement_rows(orders))
