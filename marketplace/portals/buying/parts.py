"""What is asked for, grouped by supplier: a basket before it is submitted, a request afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from marketplace.basket.queries import PricedLine
from marketplace.campaigns.models import Campaign
from marketplace.portals.buying.words import unit_label
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services.requests import freight_by_supplier
from supplier_villages.regions.models import Region
from supplier_villages.regions.queries import PlacedRegion, placed


@dataclass(frozen=True)
class AskedLine:
    """One product that is asked for; `problem` says why it cannot be had.

    `campaign` names the one that it counts for, "" if it counts for none.
    """

    title: str
    place: Place | None
    quantity: int
    unit: str
    unit_price: Decimal
    net_weight_grams: int | None
    amount_fen: int
    campaign: str
    problem: str = ""


@dataclass(frozen=True)
class SupplierPart:
    """What one supplier would deliver; amounts in fen."""

    supplier: Partner
    freight_fen: int
    lines: list[AskedLine] = field(default_factory=list)

    @property
    def goods_fen(self) -> int:
        """The lines together."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def total_fen(self) -> int:
        """Goods and freight."""
        return self.goods_fen + self.freight_fen


def sums_of(parts: Sequence[SupplierPart]) -> dict[str, int]:
    """What all of them come to, in fen, under the names by which templates show it."""
    goods, freight = sum(part.goods_fen for part in parts), sum(part.freight_fen for part in parts)
    return {"goods_fen": goods, "freight_fen": freight, "total_fen": goods + freight}


@dataclass(frozen=True)
class Place:
    """A village, and what it lies in: a village's name repeats."""

    village: str
    within: str
    path: str


def places_of(codes: Iterable[str]) -> dict[str, Place]:
    """Region code → place; two queries however many."""
    found = placed(Region.objects.filter(pk__in=set(codes)).top_down())
    return {each.region.code: place_of(each) for each in found}


def place_of(placed_region: PlacedRegion) -> Place:
    """The village with its county and town beside it."""
    within = " ".join(region.name for region in placed_region.ancestors[-2:])
    return Place(placed_region.region.name, within, placed_region.path)


def parts_of_basket(lines: list[PricedLine], problems: Mapping[int, str] | None = None) -> list[SupplierPart]:
    """The basket's lines by supplier at the prices of this moment; `problems` by stock record."""
    places = places_of(str(each.line.product.origin_village_id) for each in lines)
    freight = freight_by_supplier(lines)
    ordered = sorted(lines, key=lambda each: (each.line.stockrecord.partner_id, each.line.pk))
    return [
        SupplierPart(
            supplier=group[0].line.stockrecord.partner,
            freight_fen=freight[str(supplier_id)],
            lines=[asked_of_basket(each, places, problems or {}) for each in group],
        )
        for supplier_id, found in groupby(ordered, lambda each: each.line.stockrecord.partner_id)
        if (group := list(found))
    ]


def asked_of_basket(
    priced: PricedLine, places: Mapping[str, Place], problems: Mapping[int, str]
) -> AskedLine:
    """A basket's line as it would be asked for now."""
    line = priced.line
    return asked(
        line.product,
        places,
        title=line.product.title,
        quantity=line.quantity,
        unit_price=priced.unit_price,
        campaign=priced.campaign,
        problem=problems.get(line.stockrecord_id, ""),
    )


def parts_of_request(
    request: PurchaseRequest, problems: Mapping[int, str] | None = None
) -> list[SupplierPart]:
    """The frozen lines of a request by supplier; its lines are prefetched, `problems` are by stock record."""
    lines = list(request.lines.all())
    places = places_of(str(line.product.origin_village_id) for line in lines)
    parts = {
        line.supplier_id: SupplierPart(line.supplier, request.freight_by_supplier[str(line.supplier_id)])
        for line in lines
    }
    for line in lines:
        parts[line.supplier_id].lines.append(
            asked(
                line.product,
                places,
                title=line.title,
                quantity=line.quantity,
                unit_price=line.unit_price,
                campaign=line.campaign,
                problem=(problems or {}).get(line.stock_record_id, ""),
            )
        )
    return list(parts.values())


def asked(
    product: Product,
    places: Mapping[str, Place],
    *,
    title: str,
    quantity: int,
    unit_price: Decimal,
    campaign: Campaign | None,
    problem: str,
) -> AskedLine:
    """The line with what its product says of itself."""
    return AskedLine(
        title=title,
        place=places.get(str(product.origin_village_id)),
        quantity=quantity,
        unit=unit_label(product.sale_unit),
        unit_price=unit_price,
        net_weight_grams=product.net_weight_grams,
        amount_fen=int(unit_price * 100) * quantity,
        campaign=campaign.name if campaign else "",
        problem=problem,
    )
