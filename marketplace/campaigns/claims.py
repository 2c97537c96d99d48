"""Whether what is bought counts for a campaign: asked when it is put in a basket, and at the submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from marketplace.campaigns.goods import goods_on_sale
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.stages import Stage, stage_of
from marketplace.core.periods import shanghai_day
from marketplace.core.templatetags.formats import cn_date

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime


class NotInCampaign(Exception):
    """Lines do not count for the campaign that they name; `problems` says why, by stock record."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__(_("These lines do not count for the campaign that they name."))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of a page's claim that its goods are a campaign's.

    `stock_record_ids` are those that carry it; `refusal` says to the buyer why others do not, "" if all do.
    """

    campaign: Campaign | None = None
    stock_record_ids: frozenset[int] = frozenset()
    refusal: str = ""

    def campaign_id_of(self, stock_record_id: int) -> int | None:
        """The campaign that a line of this stock record carries."""
        taken = self.campaign is not None and stock_record_id in self.stock_record_ids
        return self.campaign.pk if self.campaign is not None and taken else None


def claimed(*, campaign_id: int, stock_record_ids: Collection[int], now: datetime) -> Claim:
    """Which of these stock records carry the campaign if a page of it puts them into a basket now.

    A campaign that nobody knows, has not begun or is over takes none; nor do goods carry it that are not its
    own, whatever the form says. At most three queries.
    """
    campaign = Campaign.objects.select_related("rule_category").filter(pk=campaign_id).first()
    return _claim(campaign, stock_record_ids, now)


def campaigns_of(named: Mapping[int, int], now: datetime) -> dict[int, Campaign]:
    """Stock record → the campaign that a line of it names by its key and counts for if it is submitted now.

    One query for the campaigns, and two for each of them that runs; none where nothing is named.

    Raises:
        NotInCampaign: names each line that does not count for its campaign, and why.
    """
    campaigns = Campaign.objects.select_related("rule_category").in_bulk(set(named.values()))
    found: dict[int, Campaign] = {}
    problems: dict[int, str] = {}
    for campaign_id in sorted(set(named.values())):
        own = [pk for pk, key in named.items() if key == campaign_id]
        claim = _claim(campaigns.get(campaign_id), own, now)
        problems |= {pk: claim.refusal for pk in own if claim.campaign_id_of(pk) is None}
        if claim.campaign is not None:
            found |= dict.fromkeys(claim.stock_record_ids, claim.campaign)
    if problems:
        raise NotInCampaign(problems)
    return found


def _claim(campaign: Campaign | None, stock_record_ids: Collection[int], now: datetime) -> Claim:
    if campaign is None:
        return Claim(refusal=_("This campaign does not exist: what is bought counts for none."))
    if refusal := closed_because(campaign, now):
        return Claim(refusal=refusal)
    own = frozenset(goods_on_sale(campaign, now).filter(pk__in=stock_record_ids).values_list("pk", flat=True))
    foreign = set(stock_record_ids) - own
    return Claim(campaign, own, _does_not_take_part(campaign) if foreign else "")


def is_open(campaign: Campaign, now: datetime) -> bool:
    """Whether what is submitted now counts for the campaign."""
    return stage_of(campaign, shanghai_day(now)) == Stage.RUNNING


def closed_because(campaign: Campaign, now: datetime) -> str:
    """Why what is bought now does not count for the campaign, for the buyer; "" if it does."""
    stage = stage_of(campaign, shanghai_day(now))
    if stage == Stage.RUNNING:
        return ""
    if stage == Stage.COMING:
        return _("“%(campaign)s” begins on %(day)s: what is bought before does not count for it.") % {
            "campaign": campaign.name,
            "day": cn_date(campaign.start_date),
        }
    return _("“%(campaign)s” ended on %(day)s: what is bought now does not count for it.") % {
        "campaign": campaign.name,
        "day": cn_date(campaign.window.last_day),
    }


def _does_not_take_part(campaign: Campaign) -> str:
    return _("This product does not take part in “%(campaign)s”: it does not count for it.") % {
        "campaign": campaign.name
    }
