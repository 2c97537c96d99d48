"""/campaigns: what a line of a request can count for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router

from marketplace.api.schemas.campaigns import CampaignOut, CampaignsOut
from marketplace.campaigns.queries import running_campaigns

router = Router(tags=[_("Campaigns")])


@router.get("", response=CampaignsOut, by_alias=True, summary=_("The campaigns that run now"))
def campaigns(request: HttpRequest) -> CampaignsOut:
    """Their goods are those of `/products?campaign=`."""
    found = running_campaigns(timezone.now())
    return CampaignsOut(
        items=[
            CampaignOut(
                id=each.pk,
                name=each.name,
                from_=each.start_date,
                to=each.end_date,
                organisers=each.organiser_names,
                goal_fen=each.goal_fen,
            )
            for each in found
        ]
    )
