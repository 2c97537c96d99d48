"""Recognitions, read: what is in force, and what such goods cost elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from catalog.recognition.models import Recognition

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from catalog.catalogue.models import Product

# What an order line keeps of the recognition under which it was sold.
SNAPSHOT = (
    "pk",
    "directory",
    "number",
    "batch",
    "valid_from",
    "valid_until",
    "recognised_price",
    "village_code",
    "county_id",
)
BENCHMARK_DAYS = 90
BENCHMARK_MINIMUM = 3

# One price per other product, the last at which it was recognised; the median of an even number is the mean
# of the middle two. Exact: percentile_cont would go through floating point.
MEDIAN = """
WITH latest AS (
    SELECT DISTINCT ON (recognition.product_id)
        recognition.recognised_price * 1000 / product.net_weight_grams AS per_kg
    FROM recognition_recognition AS recognition
    JOIN catalogue_product AS product ON product.id = recognition.product_id
    JOIN catalogue_productcategory AS filed ON filed.product_id = product.id
    WHERE filed.category_id = %(category)s AND product.id <> %(product)s
        AND product.net_weight_grams > 0
        AND recognition.decided_at > %(since)s AND recognition.decided_at <= %(now)s
    ORDER BY recognition.product_id, recognition.decided_at DESC, recognition.id DESC
), ranked AS (
    SELECT per_kg, row_number() OVER (ORDER BY per_kg) AS place, count(*) OVER () AS n FROM latest
)
SELECT max(n), avg(per_kg) FROM ranked WHERE place IN ((n + 1) / 2, (n + 2) / 2)
"""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Median price per kg of `count` other products, CNY with tax, to the fen; None of fewer than three."""

    count: int
    median_per_kg: Decimal | None


def price_benchmark(*, product: Product, now: datetime) -> Benchmark:
    """What a kilogram of other products of the same leaf category was recognised at in the last 90 days."""
    category = product.categories.order_by("-depth", "pk").first()
    if category is None:
        return Benchmark(0, None)
    since = now - timedelta(days=BENCHMARK_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN, {"category": category.pk, "product": product.pk, "since": since, "now": now})
        count, median = cursor.fetchone()
    if (count or 0) < BENCHMARK_MINIMUM:
        return Benchmark(count or 0, None)
    return Benchmark(count, median.quantize(Decimal("0.01")))


def in_force(stock_record_ids: Collection[int], now: datetime) -> dict[int, dict[str, object]]:
    """Stock record id → its recognition in force, as plain values that JSON can hold; one query.

    Of several the last decided one, with the names of all directories that list the product now; records
    without one are absent. An order line keeps this as its snapshot.
    """
    rows = Recognition.objects.of_stock_records(stock_record_ids).in_force(now).newest_first()
    found: dict[int, list[Any]] = {}
    for row in rows.values_list("stock_record_id", *SNAPSHOT, named=True):
        found.setdefault(row.stock_record_id, []).append(row)
    return {pk: _snapshot(recognitions) for pk, recognitions in found.items()}


def _snapshot(recognitions: list[Any]) -> dict[str, object]:
    last = recognitions[0]
    return {
        "id": last.pk,
        "directory": last.directory,
        "directories": sorted({each.directory for each in recognitions}),
        "number": last.number,
        "batch": last.batch,
        "valid_from": last.valid_from.isoformat(),
        "valid_until": last.valid_until.isoformat(),
        "recognised_price": str(last.recognised_price),
        "village_code": last.village_code,
        "county_code": last.county_id,
    }
