"""Whom the accepted goods of an order are credited to: read from the journal's own entries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max, Q, Sum

from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Credit:
    """Sale units of a line that were accepted under these assistance pairs and have not gone back."""

    pairs: list[dict[str, str]]
    quantity: int


def credits_of(order_id: int) -> dict[int, list[Credit]]:
    """Order line's number → its credits, the one of the latest acceptance first; one query."""
    moved = JournalEntry.objects.filter(source_order_id=order_id, kind__in=(Kind.ACCEPTED, Kind.RETURNED))
    credited = moved.values("source_line_id", "pairs").annotate(
        kept=Sum("quantity"), accepted_last=Max("event_id", filter=Q(kind=Kind.ACCEPTED))
    )
    found: dict[int, list[Credit]] = defaultdict(list)
    for row in credited.filter(kept__gt=0).order_by("-accepted_last"):
        found[row["source_line_id"]].append(Credit(row["pairs"], row["kept"]))
    return found
