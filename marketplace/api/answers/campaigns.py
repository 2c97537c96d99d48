"""Campaigns as answers."""

from __future__ import annotations

from marketplace.api.schemas.campaigns import CampaignName
from marketplace.campaigns.models import Campaign


def campaign_name(campaign: Campaign | None) -> CampaignName | None:
    """The campaign of a line; None if it counts for none."""
    return CampaignName(id=campaign.pk, name=campaign.name) if campaign else None
