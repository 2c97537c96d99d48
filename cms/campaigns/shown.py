"""A campaign as pages and blocks show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from catalog.partner import shelf
from marketplace.campaigns.goods import goods_on_sale
from marketplace.campaigns.queries import Standing, percent_gone_by, percent_reached, standing_of
from marketplace.campaigns.stages import Stage, stage_of
from marketplace.core.periods import shanghai_day
from marketplace.sales_journal.queries import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from catalog.partner.querysets import StockRecordQuerySet
    from cms.market import Market
    from marketplace.campaigns.models import Campaign
    from marketplace.sales_journal.queries import RegionTotals


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign has come at a moment; per cent of the goal and of the days, None without a goal."""

    campaign: Campaign
    stage: Stage
    total: Totals
    percent: int | None
    pace: int | None
    as_of: datetime

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.stage in (Stage.OVER, Stage.ARCHIVED)

    @property
    def tone(self) -> str:
        """In which tone its stage is shown."""
        return {Stage.RUNNING: "good", Stage.COMING: "waiting"}.get(self.stage, "neutral")


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """A county's place, and the widths of its bars in per cent of the longest of all."""

    county: RegionTotals
    accepted_width: str
    contracted_width: str


def progress_of(campaign: Campaign, total: Totals, now: datetime) -> Progress:
    """The campaign with the figures given; no query."""
    percent = percent_reached(campaign, total)
    stage = stage_of(campaign, shanghai_day(now))
    pace = percent_gone_by(campaign, now) if stage == Stage.RUNNING else None
    return Progress(campaign, stage, total, percent, pace if percent is not None else None, now)


def live(campaign: Campaign, now: datetime) -> tuple[Progress, list[LeagueRow]]:
    """The campaign's progress and its counties, most accepted first; four queries."""
    standing = standing_of(campaign)
    return progress_of(campaign, standing.total, now), league_of(standing)


def league_of(standing: Standing) -> list[LeagueRow]:
    """The counties with their bars; no query. Where all was cancelled nothing is left to show."""
    counties = [each for each in standing.counties if each.totals.accepted_fen or each.totals.contracted_fen]
    amounts = [max(each.totals.accepted_fen, each.totals.contracted_fen) for each in counties]
    longest = max(amounts, default=0)
    return [
        LeagueRow(
            each, _width(each.totals.accepted_fen, longest), _width(each.totals.contracted_fen, longest)
        )
        for each in counties
    ]


def records_of(campaign: Campaign, market: Market) -> StockRecordQuerySet:
    """The campaign's goods that can be bought now, what spoils soonest first."""
    return shelf.in_order(goods_on_sale(campaign, market.now), shelf.Sort.SOONEST)


def cards_of(campaign: Campaign, cards: Sequence[shelf.Card]) -> list[shelf.Card]:
    """The cards of a running campaign's goods: each leads to a product's page that carries the campaign."""
    return [replace(card, url=f"{card.url}?campaign={campaign.pk}") for card in cards]


def _width(fen: int, longest: int) -> str:
    return f"{max(fen, 0) * 100 / longest:.2f}%" if longest > 0 else "0%"
