"""Lines and events of the sales journal."""

import datetime as dt
from typing import Any

from marketplace.core.periods import SHANGHAI
from marketplace.sales_journal import services
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import JournalLine
from marketplace.sales_journal.models import SalesEvent

VILLAGE = "445224100201"  # 惠来县
OTHER_VILLAGE = "445281102203"  # 普宁市


def at(year: int, month: int, day: int, hour: int = 12) -> dt.datetime:
    """An instant by the clock in Shanghai."""
    return dt.datetime(year, month, day, hour, tzinfo=SHANGHAI)


def journal_line(village_code: str = VILLAGE, amount_fen: int = 10_000, **changes: Any) -> JournalLine:
    """A line of ten crates of lychees, five kilograms each, for 100.00 CNY."""
    values: dict[str, Any] = {
        "line_key": "line:1",
        "amount_fen": amount_fen,
        "weight_grams": 50_000,
        "quantity": 10,
        "village_code": village_code,
        "county_code": village_code[:6],
        "supplier_id": 7,
        "supplier_name": "惠来县合作社",
        "product_id": 3,
        "product_title": "荔枝",
        "category_id": 2,
        "buyer_kind": "institution",
        "buyer_id": 5,
        "buyer_region_code": "445202",
        "channel": "institution",
        "source_order_id": 12,
        "source_line_id": 1,
    }
    return JournalLine(**values | changes)


def posted(
    kind: Kind = Kind.ACCEPTED,
    *lines: JournalLine,
    key: str,
    event_at: dt.datetime,
    now: dt.datetime | None = None,
) -> SalesEvent:
    """An event in the journal, booked when it happened unless `now` says otherwise."""
    return services.post(
        key=key, kind=kind, lines=lines or [journal_line()], event_at=event_at, now=now or event_at
    )
