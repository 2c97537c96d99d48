"""`load_demo --scale large`: the demo's goods and trade copied until a big market stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from catalog.catalogue.models import Category, Product
from marketplace.accounts.models import User
from marketplace.core.audit import services as audit
from marketplace.core.audit.models import AuditEntry
from marketplace.core.database.commits import unhurried_commits
from marketplace.core.periods import shanghai_day
from marketplace.demo.scale import copying
from marketplace.demo.scale.copying import STRIDE, Plan
from marketplace.demo.scale.tables import GOODS, TRADE
from marketplace.order import numbers
from marketplace.order.models import Line, Purchase
from marketplace.sales_journal.models import CampaignTotal, DailyTotal, MonthlyTotal
from marketplace.sales_journal.rollups import COLUMNS

ENLARGED = "demo.enlarged"
PRODUCTS, LINES, CATEGORIES = 10_000, 200_000, 1_000
# Stock follows from its movements, whose copies share out the copies of the goods.
COUNT_STOCK = """
UPDATE partner_stockrecord AS record
SET num_in_stock = moved.in_stock, num_allocated = moved.allocated
FROM (
    SELECT stock_record_id, sum(delta_in_stock) AS in_stock, sum(delta_allocated) AS allocated
    FROM partner_stockmovement GROUP BY 1
) AS moved
WHERE moved.stock_record_id = record.id
"""
# Copies of a product go round the categories below its own.
SPREAD = """
UPDATE catalogue_productcategory AS kept SET category_id = below.id
FROM unnest(%(above)s::bigint[], %(position)s::int[], %(id)s::bigint[]) AS below (above, position, id)
WHERE kept.category_id = below.above AND kept.product_id >= %(stride)s
  AND kept.product_id / %(stride)s %% %(count)s = below.position
"""


def enlarge(*, now: datetime, tell: Callable[[str], object]) -> bool:
    """Copies the loaded demo up to PRODUCTS, LINES and CATEGORIES, once; whether it did.

    `tell` is told of each table with its new rows. All of it is one transaction.
    """
    if AuditEntry.objects.filter(action=ENLARGED).exists():
        return False
    with unhurried_commits(), transaction.atomic():
        plan = Plan(
            goods_copies=-(-PRODUCTS // Product.objects.count()) - 1,
            trade_copies=-(-LINES // Line.objects.count()) - 1,
        )
        copy_all(plan, tell)
        tell(f"catalogue_category: {spread_over_categories()}")
        audit.record(action=ENLARGED, target=User.objects.earliest("pk"), after={"at": now.isoformat()})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def copy_all(plan: Plan, tell: Callable[[str], object]) -> None:
    """Every table, then what follows from them: stock and roll-ups."""
    for table in (*GOODS, *TRADE):
        made = copy_purchases(plan) if table is Purchase else copying.copy(plan, table)
        tell(f"{table._meta.db_table}: {made}")
    with connection.cursor() as cursor:
        cursor.execute(COUNT_STOCK)
    multiply_totals(plan.trade_copies + 1)


def copy_purchases(plan: Plan) -> int:
    """Purchases with numbers and transfer references of their own; how many are new."""
    copies = list(_purchases(plan))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('purchase_serial') FROM generate_series(1, %s)", [len(copies)])
        serials = [serial for (serial,) in cursor.fetchall()]
    for purchase, serial in zip(copies, serials, strict=True):
        purchase.number = numbers.purchase_number(serial, shanghai_day(purchase.placed_at))
        purchase.transfer_reference = numbers.transfer_reference(serial)
    return len(Purchase.objects.bulk_create(copies, batch_size=2_000))


def _purchases(plan: Plan) -> Iterator[Purchase]:
    originals = list(Purchase.objects.filter(pk__lt=STRIDE).values())
    for number in range(1, plan.trade_copies + 1):
        for original in originals:
            yield Purchase(**{**original, "id": original["id"] + number * STRIDE})


def multiply_totals(times: int) -> None:
    """The roll-ups of a journal in which every entry now stands so many times."""
    for totals in (DailyTotal, MonthlyTotal, CampaignTotal):
        totals._base_manager.update(**{column: F(column) * times for column in COLUMNS})


def spread_over_categories() -> int:
    """Categories below those of the demo, with the copies of the goods in them; how many are new."""
    roots = list(Category.objects.filter(depth=1).order_by("path"))
    each = -(-CATEGORIES // len(roots)) - 1
    below = [(root.pk, position, _child(root, position).pk) for root in roots for position in range(each)]
    above, positions, ids = (list(column) for column in zip(*below, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            SPREAD, {"above": above, "position": positions, "id": ids, "stride": STRIDE, "count": each}
        )
    return len(below)


def _child(root: Category, position: int) -> Category:
    name = f"{root.name}{position + 1}"
    made: Category = root.add_child(name=name, drawing=root.drawing)  # type: ignore[no-untyped-call]
    return made
