"""From order lines to the sales journal: which amounts an event moves, with the dimensions of that moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from marketplace.core.periods import shanghai_day
from marketplace.order.models import Line, Order, Purchase
from marketplace.sales_journal import services as sales_journal
from marketplace.sales_journal.credits import credits_of
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import JournalLine, Posting
from supplier_villages.regions import pairing

# How a sale came about: bought by an institution on an approval, or by an individual who paid at once.
INSTITUTION = "institution"
INDIVIDUAL = "individual"


def contracted(purchase: Purchase, lines: Iterable[Line], now: datetime) -> Posting:
    """Every line of a new purchase, one event."""
    rows = [journal_line(line, purchase, line.quantity) for line in lines]
    return Posting(key=f"contracted:purchase:{purchase.pk}", kind=Kind.CONTRACTED, lines=rows, event_at=now)


def moved(order: Order, kind: Kind, key: str, quantities: Mapping[Line, int], now: datetime) -> list[Posting]:
    """The event that moves whole sale units of an order's lines; none where nothing moves.

    An acceptance carries the paired assistance that holds for each village on that day; a return that under
    which the goods were accepted.
    """
    lines = {line: quantity for line, quantity in quantities.items() if quantity}
    if not lines:
        return []
    rows = _returned(order, lines) if kind is Kind.RETURNED else _moved(order, kind, lines, now)
    return [Posting(key=key, kind=kind, lines=list(rows), event_at=now)]


def _moved(order: Order, kind: Kind, quantities: Mapping[Line, int], now: datetime) -> Iterator[JournalLine]:
    pairs = pairs_of(quantities, now) if kind is Kind.ACCEPTED else {}
    for line, quantity in quantities.items():
        yield journal_line(line, order.purchase, quantity, pairs=pairs.get(line.village_code, []))


def _returned(order: Order, quantities: Mapping[Line, int]) -> Iterator[JournalLine]:
    """What was accepted last goes back first: a row for each of the pairs under which it was accepted."""
    accepted = credits_of(order.pk)
    for line, quantity in quantities.items():
        left = quantity
        for part, credit in enumerate(accepted.get(line.pk, []), start=1):
            if taken := min(left, credit.quantity):
                yield journal_line(line, order.purchase, taken, pairs=credit.pairs, part=part)
                left -= taken


def settled(order: Order, kind: Kind, key: str, amounts: Mapping[Line, int], now: datetime) -> list[Posting]:
    """The event that moves money of an order's lines, in fen, without goods: paid, or paid back."""
    rows = [
        journal_line(line, order.purchase, 0, amount_fen=amount) for line, amount in amounts.items() if amount
    ]
    return [Posting(key=key, kind=kind, lines=rows, event_at=now)] if rows else []


def post(postings: list[Posting], now: datetime) -> None:
    """All events of a transaction at once, so that the roll-ups' rows are locked in one round."""
    if postings:
        sales_journal.post_all(postings=postings, now=now)


def pairs_of(lines: Iterable[Line], event_at: datetime) -> dict[str, list[dict[str, str]]]:
    """Village code → the paired assistance in force that day, one per kind."""
    return pairing.pairs_in_force({line.village_code for line in lines}, shanghai_day(event_at))


def journal_line(
    line: Line,
    purchase: Purchase,
    quantity: int,
    *,
    amount_fen: int | None = None,
    pairs: list[dict[str, str]] | None = None,
    part: int = 1,
) -> JournalLine:
    """The plain values that the journal keeps of a line: `quantity` sale units at the line's price.

    An event may have several parts of a line, numbered from 1.
    """
    institution = purchase.institution
    return JournalLine(
        line_key=f"line:{line.pk}" if part == 1 else f"line:{line.pk}:{part}",
        amount_fen=quantity * line.unit_price_fen if amount_fen is None else amount_fen,
        weight_grams=quantity * line.net_weight_grams,
        quantity=quantity,
        village_code=line.village_code,
        county_code=line.county_code,
        supplier_id=line.partner_id,
        supplier_name=line.partner_name,
        product_id=line.product_id,
        product_title=line.title,
        category_id=line.category_id or 0,
        buyer_kind=institution.kind if institution else INDIVIDUAL,
        buyer_id=institution.pk if institution else purchase.buyer_id,
        buyer_region_code=institution.region_id if institution else purchase.delivery_region_id,
        channel=INSTITUTION if institution else INDIVIDUAL,
        campaign_id=line.campaign_id,
        pairs=pairs or [],
        source_order_id=line.order_id,
        source_line_id=line.pk,
    )
