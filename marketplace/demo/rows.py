"""The demo's files as rows; see data/PROVENANCE.md for what in them is real."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from catalog.catalogue.units import SaleUnit, Storage

DATA = Path(__file__).parent / "data"
UNITS = {
    "斤": SaleUnit.JIN,
    "箱": SaleUnit.CARTON,
    "袋": SaleUnit.BAG,
    "盒": SaleUnit.BOX,
    "只": SaleUnit.HEAD,
    "瓶": SaleUnit.BOTTLE,
    "罐": SaleUnit.TIN,
}
STORAGE = {"常温": Storage.AMBIENT, "冷藏": Storage.CHILLED, "冷冻": Storage.FROZEN}


@dataclass(frozen=True)
class Specialty:
    """A product of a county: price and bulk price in CNY per sale unit, weight in grams, months 1–12."""

    county_code: str
    title: str
    category: str
    sale_unit: SaleUnit
    net_weight_grams: int
    price: Decimal
    bulk_price: Decimal
    bulk_quantity: int
    first_month: int
    last_month: int
    shelf_life_days: int
    storage: Storage
    needs_certificate: bool


@dataclass(frozen=True)
class SampleInstitution:
    """An invented institution in a real region."""

    name: str
    uscc: str
    kind: str
    region_code: str
    parent_uscc: str
    is_legal_person: bool


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file of data/, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def specialties() -> list[Specialty]:
    """All specialties, in the file's order."""
    return [specialty(row) for row in table("specialties.csv")]


def specialty(row: dict[str, str]) -> Specialty:
    """One row of specialties.csv; harvest_months a-b holds both and may pass the new year."""
    first, last = row["harvest_months"].split("-")
    return Specialty(
        county_code=row["county_code"],
        title=row["product_zh"],
        category=row["category"],
        sale_unit=UNITS[row["sale_unit"]],
        net_weight_grams=int(row["pack_net_weight_g"]),
        price=Decimal(row["price_cny"]),
        bulk_price=Decimal(row["bulk_price_cny"]),
        bulk_quantity=int(row["bulk_min_quantity"]),
        first_month=int(first),
        last_month=int(last),
        shelf_life_days=int(row["shelf_life_days"]),
        storage=STORAGE[row["storage"]],
        needs_certificate=row["needs_compliance_certificate"] == "yes",
    )


def villages_by_county() -> dict[str, list[str]]:
    """County code → the codes of its sample villages, in the file's order."""
    found: dict[str, list[str]] = {}
    for row in table("villages_sample.csv"):
        found.setdefault(row["county_code"], []).append(row["code12"])
    return found


def institutions() -> list[SampleInstitution]:
    """All sample institutions, supervising units before those that they supervise."""
    rows = [
        SampleInstitution(
            name=row["name"],
            uscc=row["uscc"],
            kind=row["kind"],
            region_code=row["region_code"],
            parent_uscc=row["parent_uscc"],
            is_legal_person=row["is_legal_person"] == "yes",
        )
        for row in table("institutions_sample.csv")
    ]
    parents = {row.uscc: row.parent_uscc for row in rows}
    return sorted(rows, key=lambda row: depth(row.uscc, parents))


def depth(uscc: str, parents: dict[str, str]) -> int:
    """How many units supervise this one, directly or not."""
    parent = parents.get(uscc, "")
    return 1 + depth(parent, parents) if parent else 0
