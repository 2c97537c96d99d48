"""Campaigns."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field


class CampaignName(BaseModel):
    """The campaign that a line counts for."""

    id: int
    name: str


class CampaignOut(CampaignName):
    """A campaign that runs now: what is submitted from its day `from` up to, and without, `to` counts."""

    from_: date = Field(serialization_alias="from")
    to: date
    organisers: list[str]
    goal_fen: int | None


class CampaignsOut(BaseModel):
    """The campaigns that run now, what began last first."""

    items: list[CampaignOut]
