"""What those who sell hand to the journal: plain values, frozen."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.sales_journal.kinds import Kind

VILLAGE_CODE = re.compile(r"[1-9]\d{11}", re.ASCII)


class InvalidLine(ValueError):
    """A line that the journal cannot take; the message says why."""


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """One order line's part in an event, with its dimensions as they are that day.

    Amounts in fen with tax and without freight, weights in grams; positive, whatever the event's kind, which
    gives the sign. Only the lines of an adjustment may be negative. The county is the first six digits of the
    village's code, as the code is that day: for 东莞, 441900.
    """

    line_key: str
    amount_fen: int
    weight_grams: int
    quantity: int
    village_code: str
    county_code: str
    supplier_id: int
    supplier_name: str
    product_id: int
    product_title: str
    category_id: int
    buyer_kind: str
    buyer_id: int
    buyer_region_code: str
    channel: str
    source_order_id: int
    source_line_id: int
    campaign_id: int | None = None
    pairs: Sequence[Mapping[str, str]] = ()
    rules: Sequence[Mapping[str, str]] = ()

    def __post_init__(self) -> None:
        if not VILLAGE_CODE.fullmatch(self.village_code):
            raise InvalidLine(f"The origin {self.village_code!r} is not a village code of 12 digits.")
        if self.county_code != self.village_code[:6]:
            raise InvalidLine(
                f"The village {self.village_code} does not lie in the county {self.county_code}."
            )


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One event to be journalled: its key names it once and for all, such as "contracted:order:12"."""

    key: str
    kind: Kind
    lines: Sequence[JournalLine]
    event_at: dt.datetime

    def __post_init__(self) -> None:
        if not self.lines:
            raise InvalidLine(f"The event {self.key} has no line.")
        if len({line.line_key for line in self.lines}) < len(self.lines):
            raise InvalidLine(f"The event {self.key} has a line twice.")
        if self.kind is not Kind.ADJUSTED and any(_is_negative(line) for line in self.lines):
            raise InvalidLine(f"The event {self.key} has a negative line: its kind already gives the sign.")


def _is_negative(line: JournalLine) -> bool:
    return min(line.amount_fen, line.weight_grams, line.quantity) < 0
