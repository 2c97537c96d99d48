"""Regions."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field, StringConstraints

from marketplace.api.schemas.values import PRINTABLE, Filters, RegionCode


class RegionFilters(Filters):
    """Which regions: those below one, or those that a text finds."""

    parent: RegionCode | None = Field(None, description=_("Those directly below this region."))
    q: Annotated[str, StringConstraints(max_length=50, pattern=PRINTABLE)] | None = Field(
        None, description=_("Those whose name, pinyin or code begins so; at most 20.")
    )


class RegionOut(BaseModel):
    """A region; `has_children` says whether there are regions below it."""

    code: str
    name: str
    pinyin: str
    level: str
    has_children: bool


class RegionsOut(BaseModel):
    """Regions in an order that is the same each time."""

    items: list[RegionOut]


class RegionLineOut(RegionOut):
    """A region with what it lies in, province first."""

    ancestors: list[RegionOut]
