"""How editors choose a campaign for a page or a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.choosers import TypingForm
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.stages import stage_of
from marketplace.core.templatetags.formats import through

if TYPE_CHECKING:
    from marketplace.campaigns.querysets import CampaignQuerySet


def days_of(campaign: Campaign) -> str:
    """The first and the last day."""
    return through(campaign.start_date, campaign.window.last_day)


def stage_label(campaign: Campaign) -> str:
    """Where it stands today."""
    return str(stage_of(campaign, timezone.localdate()).label)


class CampaignForm(TypingForm):
    """Campaigns by a part of their name."""

    def matching(self, objects: CampaignQuerySet, text: str) -> CampaignQuerySet:
        return objects.filter(name__icontains=text)


class CampaignsView(views.BaseChooseView):
    """What the list shows: name, days, stage."""

    filter_form_class = CampaignForm

    @property
    def columns(self) -> list[Column]:
        """A campaign's name comes back each year: its days tell which one it is."""
        return [
            self.title_column,
            Column("days", label=gettext_lazy("Days"), accessor=days_of),
            Column("stage", label=gettext_lazy("State"), accessor=stage_label),
        ]


class CampaignChoose(CampaignsView, views.ChooseView):
    """The dialog."""


class CampaignResults(CampaignsView, views.ChooseResultsView):
    """Its list, after typing."""


class CampaignChooser(ChooserViewSet):
    """All campaigns, what begins last on top."""

    model = Campaign
    icon = "date"
    choose_one_text = gettext_lazy("Choose a campaign")
    choose_another_text = gettext_lazy("Choose another campaign")
    choose_view_class = CampaignChoose
    choose_results_view_class = CampaignResults
    register_widget = False

    def get_object_list(self) -> CampaignQuerySet:
        """Newest first."""
        return Campaign.objects.newest_first()


CAMPAIGNS = CampaignChooser("campaign_chooser")
CAMPAIGN_WIDGET: Any = CAMPAIGNS.widget_class
