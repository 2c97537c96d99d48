"""Campaigns, read: which there are, and what was sold by them, from the journal's roll-up alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.campaigns.models import Campaign
from marketplace.core.periods import shanghai_day
from marketplace.sales_journal import queries as journal
from marketplace.sales_journal.queries import Totals

if TYPE_CHECKING:
    from datetime import datetime

    from marketplace.campaigns.querysets import CampaignQuerySet
    from marketplace.sales_journal.queries import RegionTotals


@dataclass(frozen=True, slots=True)
class Standing:
    """What was sold by a campaign up to this moment, in fen: its total and its counties, most accepted first.

    The counties are those of which something was sold; their sum is the total.
    """

    total: Totals
    counties: list[RegionTotals]


def running_campaigns(now: datetime) -> CampaignQuerySet:
    """Those that run now, what began last on top."""
    return Campaign.objects.running(shanghai_day(now)).newest_first()


def standing_of(campaign: Campaign) -> Standing:
    """The campaign's sales; four queries whatever was bought.

    They follow the journal for good: what is accepted or sent back after the last day still moves them.
    """
    counties = journal.totals_of_campaign_by_county(campaign.pk)
    return Standing(sum((county.totals for county in counties), Totals()), counties)


def percent_reached(campaign: Campaign, total: Totals) -> int | None:
    """Accepted, in whole per cent of the goal, rounded down: no 100 before it is true. None: no goal."""
    if campaign.goal_fen is None:
        return None
    return max(total.accepted_fen, 0) * 100 // campaign.goal_fen


def percent_gone_by(campaign: Campaign, now: datetime) -> int:
    """How much of its days has passed, in whole per cent: 0 before its first day, 100 from its end on."""
    days = (campaign.end_date - campaign.start_date).days
    gone = (shanghai_day(now) - campaign.start_date).days
    return min(max(gone, 0), days) * 100 // days
