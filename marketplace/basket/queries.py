"""Baskets, read: lines with the price that they have now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from catalog.partner import pricing
from catalog.partner.models import Partner, StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.campaigns import claims
from marketplace.campaigns.models import Campaign
from marketplace.institutions.models import Institution

# Of a line's relatives what gives a price, an order and a row on a page: a basket may have thousands.
LOADED = (
    "basket",
    "quantity",
    "campaign",
    *(f"product__{name}" for name in ("title", "sale_unit", "net_weight_grams", "origin_village")),
    *(f"stockrecord__{name}" for name in ("price", "num_in_stock", "num_allocated")),
    *(f"stockrecord__{kind}_{end}" for kind in ("recognised", "offered") for end in ("from", "until")),
    *(f"stockrecord__partner__{name}" for name in ("name", "flat_freight")),
)


@dataclass(frozen=True)
class PricedLine:
    """A basket line with its tier price of this moment, and whether it can be bought now.

    `campaign` is the one that the line counts for if it is submitted now.
    """

    line: Line
    unit_price: Decimal
    is_sellable: bool
    available: int
    campaign: Campaign | None

    @property
    def line_price(self) -> Decimal:
        """Quantity times unit price, tax included, CNY."""
        return self.unit_price * self.line.quantity


# Stands in an address or a form where an institution's key would.
OWN = "own"


@dataclass(frozen=True)
class BasketChoice:
    """For whom a basket is filled, an institution or (None) oneself, and how many lines it has."""

    institution: Institution | None
    line_count: int

    @property
    def key(self) -> str:
        """What names the basket in addresses and forms."""
        return str(self.institution.pk) if self.institution else OWN


@dataclass(frozen=True)
class SupplierLines:
    """The lines that will be one order, with the supplier's flat freight, CNY."""

    supplier: Partner
    lines: list[PricedLine]

    @property
    def goods_total(self) -> Decimal:
        """What the goods cost, tax included."""
        return sum((priced.line_price for priced in self.lines), Decimal(0))

    @property
    def freight(self) -> Decimal:
        """What the supplier takes for sending them, however many."""
        freight: Decimal = self.supplier.flat_freight
        return freight

    @property
    def total(self) -> Decimal:
        """Goods and freight."""
        return self.goods_total + self.freight


def by_supplier(lines: Iterable[PricedLine]) -> list[SupplierLines]:
    """The lines grouped by their supplier, in the order in which suppliers came in; no query."""
    groups: dict[int, list[PricedLine]] = {}
    for priced_line in lines:
        groups.setdefault(priced_line.line.stockrecord.partner_id, []).append(priced_line)
    return [SupplierLines(group[0].line.stockrecord.partner, group) for group in groups.values()]


def basket_choices(user: User, role: str) -> list[BasketChoice]:
    """The institutions in which the user holds the role, by name, then the user themself; two queries."""
    counts = baskets_of(user)
    buyers = [*Institution.objects.with_role(user, role).by_name(), None]
    return [BasketChoice(each, counts.get(each.pk if each else None, 0)) for each in buyers]


def open_basket(user: User, institution: Institution | None) -> Basket | None:
    """The basket that the user is filling for the institution (or for themselves)."""
    return Basket.objects.filter(owner=user, institution=institution, status=Basket.OPEN).first()


def priced_lines(basket: Basket, now: datetime) -> list[PricedLine]:
    """Every line with its price, in the order in which they were added; two queries whatever the lines.

    The price comes from the line's own stock record and its tiers, never from another supplier's.
    """
    lines = basket.lines.select_related("product", "stockrecord__partner", "campaign")
    loaded = lines.only(*LOADED).prefetch_related("stockrecord__tiers").order_by("pk")
    return [priced(line, now) for line in loaded]


def priced_quantities(quantities: Mapping[int, int], now: datetime) -> list[PricedLine]:
    """So many sale units of each stock record, priced like a basket's lines although they are in no basket.

    By stock record; those that are not on sale now are absent. Two queries whatever the number.
    """
    records = StockRecord.objects.sellable(now).filter(pk__in=quantities, product__is_public=True)
    loaded = records.select_related("partner", "product").prefetch_related("tiers").order_by("pk")
    return [
        priced(Line(stockrecord=each, product=each.product, quantity=quantities[each.pk]), now)  # type: ignore[no-untyped-call]
        for each in loaded
    ]


def priced(line: Line, now: datetime) -> PricedLine:
    """The line with its price of this moment."""
    record = line.stockrecord
    return PricedLine(
        line=line,
        unit_price=pricing.price_for(record, record.tiers.all(), line.quantity),
        is_sellable=record.is_open(now) and record.net_stock_level >= line.quantity,
        available=max(record.net_stock_level, 0) if record.is_open(now) else 0,
        campaign=line.campaign if line.campaign and claims.is_open(line.campaign, now) else None,
    )


def baskets_of(user: User) -> dict[int | None, int]:
    """Institution id (None: for oneself) → how many lines the user's open basket for it holds; one query."""
    found = Basket.objects.filter(owner=user, status=Basket.OPEN).annotate(line_count=Count("lines"))
    return dict(found.values_list("institution_id", "line_count"))


def line_count(user: User) -> int:
    """How many lines the user's open baskets hold together."""
    return Line.objects.filter(basket__owner=user, basket__status=Basket.OPEN).count()
