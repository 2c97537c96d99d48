"""A campaign on other pages: its goods, its progress, its league of counties."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.products import Number
from cms.campaigns.chooser import CAMPAIGNS
from cms.campaigns.shown import cards_of, live, records_of
from cms.market import market_of
from marketplace.campaigns.stages import Stage, stage_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marketplace.campaigns.models import Campaign


class CampaignChooserBlock(CAMPAIGNS.get_block_class()):  # type: ignore[misc]  # Wagtail makes the class
    """One campaign, with its page and its rule's category."""

    def bulk_to_python(self, values: Sequence[Any]) -> list[Campaign | None]:
        """The campaigns in the order of their keys; one query."""
        found = self.model_class.objects.select_related("page", "rule_category").in_bulk(
            [value for value in values if value is not None]
        )
        return [copy.copy(found[value]) if value in found else None for value in values]


class CampaignGoodsBlock(blocks.StructBlock):
    """A running campaign's goods; what is put into the basket from here counts for it."""

    title = blocks.CharBlock(label=_("Heading"), max_length=40)
    campaign = CampaignChooserBlock(label=_("Campaign"))
    number = blocks.ChoiceBlock(label=_("How many at most"), choices=Number.choices, default=Number.EIGHT)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The block with its cards; none before and after the campaign's days."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        market, campaign = market_of(context, timezone.now()), value["campaign"]
        if campaign is None or stage_of(campaign, timezone.localdate(market.now)) != Stage.RUNNING:
            return {**context, "cards": [], "market": market}
        found = market.cards(records_of(campaign, market), int(value["number"]))
        return {**context, "cards": cards_of(campaign, found), "market": market}

    class Meta:
        label = _("Goods of a campaign")
        icon = "date"
        template = "cms/blocks/products.html"


class ProgressBlock(blocks.StructBlock):
    """What a campaign has sold so far, and how far it is from its goal."""

    campaign = CampaignChooserBlock(label=_("Campaign"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The block with the figures of this moment."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        campaign = value["campaign"]
        if campaign is None:
            return context
        progress, _league = live(campaign, market_of(context, timezone.now()).now)
        return {**context, "progress": progress}

    class Meta:
        label = _("Progress of a campaign")
        icon = "history"
        template = "cms/campaigns/blocks/progress.html"


class LeagueBlock(blocks.StructBlock):
    """A campaign's counties by what was accepted from them."""

    title = blocks.CharBlock(label=_("Heading"), max_length=40)
    campaign = CampaignChooserBlock(label=_("Campaign"))
    number = blocks.IntegerBlock(label=_("How many at most"), min_value=3, max_value=100, default=10)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The block with the counties of this moment."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        campaign = value["campaign"]
        if campaign is None:
            return context
        progress, league = live(campaign, market_of(context, timezone.now()).now)
        return {**context, "progress": progress, "league": league[: value["number"]]}

    class Meta:
        label = _("League of counties")
        icon = "list-ol"
        template = "cms/campaigns/blocks/league.html"
