"""Campaigns in Wagtail's admin: a list, a form that calls the services, and the way to the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.campaigns.chooser import days_of, stage_label
from cms.campaigns.forms import CampaignForm
from marketplace.campaigns import permissions, services
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.queries import standing_of
from marketplace.campaigns.remarks import remarks
from marketplace.campaigns.stages import Stage, stage_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from marketplace.accounts.models import User
    from marketplace.campaigns.querysets import CampaignQuerySet

WITHOUT = ("delete", "history", "history_results")


class CampaignPolicy(ModelPermissionPolicy):
    """Who may change a campaign may make one; nobody deletes one, because the journal names it."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in ("add", "change", "view") and permissions.can_edit(user)


class SavedByService:
    """A view whose valid form is handed to a service; what that refuses stands at its field."""

    request: Any

    def is_valid(self, form: CampaignForm) -> bool:
        """Whether the campaign has been saved."""
        if not super().is_valid(form):  # type: ignore[misc]  # the generic view's
            return False
        try:
            self.saved = self.save_plan(form.plan())
        except services.InvalidCampaign as refusal:
            form.show(refusal)
        except services.ArchivedCampaign as refusal:
            form.add_error(None, str(refusal))
        else:
            return True
        self.produced_error_message = _("The campaign is not saved: see what is wrong below.")
        return False

    def save_plan(self, plan: services.Plan) -> Campaign:
        """The saved campaign."""
        raise NotImplementedError

    def save_instance(self) -> Campaign:
        """Saved already: the form would not have been valid."""
        return self.saved

    def get_success_url(self) -> str:
        """The campaign itself, where what the editor should know of it stands."""
        return reverse("campaigns:edit", args=[self.saved.pk])

    def get_success_buttons(self) -> list[Any]:
        """None: the editor stays with the campaign."""
        return []


class CampaignCreate(SavedByService, generic.CreateView):
    """A new campaign."""

    success_message = gettext_lazy("The campaign is saved. Now make its page and choose it there.")

    def save_plan(self, plan: services.Plan) -> Campaign:
        return services.make_campaign(plan=plan, actor=self.request.user)


class CampaignEdit(SavedByService, generic.EditView):
    """A campaign, what its editor should know of it, and its figures."""

    success_message = gettext_lazy("The campaign is saved.")
    template_name = "cms/campaigns/admin/edit.html"

    def save_plan(self, plan: services.Plan) -> Campaign:
        return services.change_campaign(campaign_id=self.object.pk, plan=plan, actor=self.request.user)

    def get_history_url(self) -> None:
        """The operator's audit trail has it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is to be known stands above the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        campaign, now = self.object, timezone.now()
        stage = stage_of(campaign, timezone.localdate())
        return {
            **context,
            "campaign": campaign,
            "stage": stage,
            "remarks": [] if stage in (Stage.OVER, Stage.ARCHIVED) else remarks(campaign, now),
            "total": standing_of(campaign).total,
            "now": now,
            "page": getattr(campaign, "page", None),
        }


class CampaignIndex(generic.IndexView):
    """All campaigns."""

    def get_base_queryset(self) -> CampaignQuerySet:
        """What begins last on top."""
        return Campaign.objects.newest_first()


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a campaign that is over; one that is not says until when it lasts."""
    campaign = get_object_or_404(Campaign, pk=pk)
    try:
        services.archive_campaign(
            campaign_id=campaign.pk, actor=cast("User", request.user), now=timezone.now()
        )
    except services.CampaignNotOver as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(campaign)s” is archived.") % {"campaign": campaign.name})
    return redirect("campaigns:edit", pk)


class CampaignViewSet(ModelViewSet):
    """Campaigns, with their own entry in the menu."""

    model = Campaign
    name = "campaigns"
    icon = "date"
    menu_label = gettext_lazy("Campaigns")
    menu_order = 210
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = CampaignIndex
    add_view_class = CampaignCreate
    edit_view_class = CampaignEdit
    edit_template_name = CampaignEdit.template_name
    search_fields = ("name",)
    search_backend_name = None
    list_display = (
        "name",
        Column("days", label=gettext_lazy("Days"), accessor=days_of),
        Column("stage", label=gettext_lazy("State"), accessor=stage_label),
    )

    def get_form_class(self, for_update: bool = False) -> type[CampaignForm]:
        """One form for both."""
        return CampaignForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's own without those that would pass the services by, and the archive's."""
        wagtails = [each for each in super().get_urlpatterns() if each.name not in WITHOUT]
        return [*wagtails, path("archive/<int:pk>/", archive, name="archive")]


register_permission_policy(Campaign, CampaignPolicy(Campaign), exact_class=True)
VIEWSET = CampaignViewSet()
