"""Where a campaign stands: computed from its days, never set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from datetime import date

    from marketplace.campaigns.models import Campaign


class Stage(models.TextChoices):
    """Before, within and after its days; archived when its editor has closed it for good."""

    COMING = "coming", pgettext_lazy("campaign", "not begun")
    RUNNING = "running", pgettext_lazy("campaign", "running")
    OVER = "over", pgettext_lazy("campaign", "over")
    ARCHIVED = "archived", pgettext_lazy("campaign", "archived")


def stage_of(campaign: Campaign, today: date) -> Stage:
    """The campaign's stage on this day in Asia/Shanghai."""
    if today < campaign.start_date:
        return Stage.COMING
    if today < campaign.end_date:
        return Stage.RUNNING
    return Stage.ARCHIVED if campaign.archived_at else Stage.OVER
