"""Rows of the database copied many times by one statement for each table.

Copy k of the row with number n has the number n + k × STRIDE, and whatever points at a copied row points at
its copy of the same k: so the copies are as sound as what they were made of. Goods may be copied less often
than trade; the trade's copies then share out the copies of the goods.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Field, ForeignKey

from marketplace.demo.scale.tables import GOODS, NAMES, POINTERS, TRADE, Table

# Far above what a sequence reaches: rows that are made later are numbered below all copies.
STRIDE = 10**9
# The statement for each table: `kept` are its rows so far, `copy.number` counts the copies from 1.
COPY = """
INSERT INTO {table} ({columns})
SELECT {values} FROM {table} AS kept CROSS JOIN generate_series(1::bigint, {copies}) AS copy (number)
WHERE kept.{number} < {stride}
"""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How often all goods and all trade are copied; at least as often the trade as the goods."""

    goods_copies: int
    trade_copies: int

    def copies(self, table: Table) -> int:
        """How often the table's rows are copied."""
        return self.goods_copies if table in GOODS else self.trade_copies

    def shift(self, table: Table) -> str:
        """SQL: what a copy adds to the number of a row of this table; "0" for one that is not copied."""
        if table in GOODS and self.goods_copies:
            return f"((copy.number - 1) % {self.goods_copies} + 1) * {STRIDE}"
        return f"copy.number * {STRIDE}" if table in TRADE else "0"


def copy(plan: Plan, table: Table) -> int:
    """The table's rows so far, copied as often as the plan says; how many rows are new. One query."""
    fields = table._meta.concrete_fields
    statement = COPY.format(
        table=table._meta.db_table,
        columns=", ".join(field.column or "" for field in fields),
        values=", ".join(_value(plan, table, field) for field in fields),
        copies=plan.copies(table),
        number=_number(table),
        stride=STRIDE,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def _value(plan: Plan, table: Table, field: Field[object, object]) -> str:
    name = NAMES.get((table, field.name))
    if name:
        return name.format_map(_Shifts(plan))
    pointed = POINTERS.get((table, field.name))
    if field.primary_key and _has_number(table):
        pointed = table
    elif isinstance(field, ForeignKey):
        pointed = field.related_model
    shift = plan.shift(pointed) if pointed else "0"
    return f"kept.{field.column}" if shift == "0" else f"kept.{field.column} + {shift}"


class _Shifts(dict[str, str]):
    """What the names' SQL may say: {order_Order} is that table's shift."""

    def __init__(self, plan: Plan) -> None:
        tables = {table._meta.label.replace(".", "_"): table for table in (*GOODS, *TRADE)}
        super().__init__({label: plan.shift(table) for label, table in tables.items()})


def _has_number(table: Table) -> bool:
    """Whether a row's key is one number."""
    return table._meta.pk.get_internal_type() == "BigAutoField"


def _number(table: Table) -> str:
    """The column that tells an original from a copy: the number, or that of the row which it belongs to."""
    return "id" if _has_number(table) else "event_id"
