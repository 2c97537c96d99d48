"""Sales figures."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field

from marketplace.api.schemas.values import Day, Filters
from marketplace.sales_journal.kinds import Basis
from supplier_villages.regions.levels import Level


class FiguresFilters(Filters):
    """Which days, which of the three figures, and how split."""

    start: Day = Field(alias="from", description=_("The first day, such as 2020-01-01."))
    end: Day = Field(alias="to", description=_("The day after the last: 2020-02-01 for all of January."))
    basis: Basis | None = Field(None, description=_("One of the three figures; all three if left out."))
    split: Literal["region", "none"] = Field("region", description=_("By the regions below, or not at all."))
    level: Level | None = Field(
        None, description=_("Of which level the regions below are; the next one if left out.")
    )


class Amounts(BaseModel):
    """The figures asked for, in fen; never add them up. The others are null."""

    contracted_fen: int | None
    accepted_fen: int | None
    paid_fen: int | None


class FigureRow(Amounts):
    """One region's figures; other: sold under a code that is none of the regions asked for (any more)."""

    code: str
    name: str
    is_other: bool


class FiguresOut(BaseModel):
    """What was sold from a region; the rows add up to the total."""

    region: str
    name: str
    level: str
    from_: date = Field(serialization_alias="from")
    to: date
    total: Amounts
    rows: list[FigureRow]
