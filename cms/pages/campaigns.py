"""Campaign pages: words and pictures here; days, goods and figures are the campaign's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from catalog.partner import shelf
from cms.blocks.bodies import Body
from cms.campaigns.chooser import CAMPAIGN_WIDGET
from cms.campaigns.shown import cards_of, live, progress_of, records_of
from cms.fields import BodyField
from cms.pages.common import PER_PAGE, WITH_PICTURE, IndexPage, IntroducedPage, picture_field
from marketplace.accounts.models import User
from marketplace.basket.queries import basket_choices
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.remarks import left_out
from marketplace.campaigns.stages import Stage
from marketplace.core.paging import page_of, rows_of
from marketplace.institutions.permissions import Role
from marketplace.sales_journal.queries import Totals, totals_of_campaigns

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from cms.campaigns.shown import Progress
    from cms.market import Market
    from marketplace.basket.queries import BasketChoice

LEAGUE_FIRST = 10


class CampaignIndexPage(IndexPage):
    """All campaigns that have a page: those that run, those to come, and the archive."""

    template = "cms/campaigns/index_page.html"
    section = "campaigns"
    subpage_types = ["cms.CampaignPage"]

    class Meta:
        verbose_name = _("list of campaigns")
        verbose_name_plural = _("lists of campaigns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The pages with their figures by stage; the archive in pages of its own, newest first."""
        context = super().get_context(request, *args, **kwargs)
        now: datetime = context["market"].now
        today = timezone.localdate(now)
        pages = self.pages(CampaignPage).select_related("campaign").prefetch_related(*WITH_PICTURE)
        newest = pages.order_by("-campaign__start_date", "-pk")
        current = list(newest.filter(campaign__end_date__gt=today))
        past = page_of(request, newest.filter(campaign__end_date__lte=today), PER_PAGE)
        shown = with_progress([*current, *past.object_list], now)
        past.object_list = shown[len(current) :]
        by_stage = {
            stage: [each for each in shown[: len(current)] if each[1].stage == stage] for stage in Stage
        }
        return {
            **context,
            "running": by_stage[Stage.RUNNING],
            "coming": by_stage[Stage.COMING],
            "past": past,
        }


class CampaignPage(IntroducedPage):
    """The page of one campaign."""

    campaign = models.OneToOneField(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="page", verbose_name=_("campaign")
    )
    picture = picture_field(_("picture"))
    body = BodyField(Body(), verbose_name=_("content"), blank=True)

    template = "cms/campaigns/page.html"
    section = "campaigns"
    parent_page_types = ["cms.CampaignIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "campaign",
            widget=CAMPAIGN_WIDGET,
            help_text=_("Days, organisers, counties and goods are changed under Campaigns in the menu."),
        ),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("campaign page")
        verbose_name_plural = _("campaign pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with the campaign's figures of this moment, and its goods while it runs."""
        context = super().get_context(request, *args, **kwargs)
        market: Market = context["market"]
        campaign = Campaign.objects.select_related("rule_category").get(pk=self.campaign_id)
        progress, league = live(campaign, market.now)
        sold = {row.county.code for row in league}
        counties = campaign.counties.by_pinyin().values_list("code", "name")
        return {
            **context,
            "campaign": campaign,
            "progress": progress,
            "league": league[:LEAGUE_FIRST],
            "league_more": league[LEAGUE_FIRST:],
            "sold_count": len(league),
            "silent": [name for code, name in counties if code not in sold],
            "hidden": left_out(campaign, market.now) if market.tells_editor else [],
            **self._goods(request, campaign, progress, market),
        }

    def _goods(
        self, request: HttpRequest, campaign: Campaign, progress: Progress, market: Market
    ) -> dict[str, Any]:
        """A page of what can be bought, and for whom; nothing before and after the campaign's days."""
        if progress.stage != Stage.RUNNING:
            return {"cards": [], "goods": None}
        goods = page_of(request, records_of(campaign, market), PER_PAGE)
        found = shelf.cards(rows_of(goods), market.tree, market.now)
        choices = buyers_of(request)
        return {
            "goods": goods,
            "cards": cards_of(campaign, found),
            "buyers": choices,
            "buyer": chosen_buyer(choices, request.GET.get("institution", "")),
        }


def buyers_of(request: HttpRequest) -> list[BasketChoice]:
    """For whom the visitor may put goods into a basket; none for a stranger."""
    user = getattr(request, "user", None)
    return basket_choices(user, Role.REQUESTER) if isinstance(user, User) else []


def chosen_buyer(choices: list[BasketChoice], key: str) -> BasketChoice | None:
    """The one that the address names, else the first; None for a stranger."""
    named = (choice for choice in choices if choice.key == key)
    return next(named, choices[0] if choices else None)


def with_progress(pages: list[CampaignPage], now: datetime) -> list[tuple[CampaignPage, Progress]]:
    """Each page with what its campaign has sold; one query."""
    totals = totals_of_campaigns([page.campaign_id for page in pages]) if pages else {}
    return [(page, progress_of(page.campaign, totals.get(page.campaign_id, Totals()), now)) for page in pages]


def promoted(now: datetime) -> list[tuple[CampaignPage, Progress]]:
    """The published pages of campaigns that run now, what began last first; at most four queries."""
    running = Campaign.objects.running(timezone.localdate(now)).values("pk")
    pages = CampaignPage.objects.live().public().filter(campaign__in=running)
    loaded = pages.select_related("campaign").prefetch_related(*WITH_PICTURE)
    return with_progress(list(loaded.order_by("-campaign__start_date", "-pk")), now)
