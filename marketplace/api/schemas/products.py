"""Goods on sale."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field, StringConstraints

from marketplace.api.schemas.values import (
    LARGEST_KEY,
    MOST_FEN,
    PRINTABLE,
    PageFilters,
    RegionCode,
)

FenFilter = Annotated[int, Field(ge=0, le=MOST_FEN)]


class ProductFilters(PageFilters):
    """What narrows the goods on sale."""

    q: Annotated[str, StringConstraints(max_length=60, pattern=PRINTABLE)] = Field(
        "", description=_("Words of the name, the village or the county.")
    )
    county: RegionCode | None = Field(None, description=_("From this region: a county, or any other."))
    category: Annotated[int, Field(ge=1, le=LARGEST_KEY)] | None = Field(
        None, description=_("In this category or below it.")
    )
    campaign: Annotated[int, Field(ge=1, le=LARGEST_KEY)] | None = Field(
        None, description=_("Goods of this campaign, which must run now.")
    )
    unsold: bool | None = Field(None, description=_("true: villages ask for help in selling them."))
    min_price_per_kg_fen: FenFilter | None = Field(
        None, description=_("Price per kilogram in fen, at least.")
    )
    max_price_per_kg_fen: FenFilter | None = Field(None, description=_("Price per kilogram in fen, at most."))


class TierOut(BaseModel):
    """A lower unit price from a quantity on."""

    from_quantity: int
    unit_price_fen: int


class ProductOut(BaseModel):
    """One supplier's offer of a product; a request names it by `stock_record_id`."""

    stock_record_id: int
    product_id: int
    name: str
    supplier_id: int
    supplier: str
    village_code: str | None
    place: str
    category_id: int | None
    sale_unit: str
    net_weight_grams: int | None
    unit_price_fen: int
    price_per_kg_fen: int | None
    tiers: list[TierOut]
    available: int
    last_day: date
    freight_fen: int


class ProductPage(BaseModel):
    """Goods by key; `next_cursor` is null on the last page."""

    items: list[ProductOut]
    next_cursor: str | None
