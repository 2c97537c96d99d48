"""What differs from Oscar's views of categories."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from oscar.apps.dashboard.catalogue.views import CategoryCreateView as OscarCategoryCreateView
from oscar.apps.dashboard.catalogue.views import CategoryDeleteView as OscarCategoryDeleteView

from catalog.catalogue.models import Product
from marketplace.campaigns.models import Campaign


class CategoryCreateView(OscarCategoryCreateView):
    """Oscar names a field that treebeard no longer has."""

    def get_initial(self) -> dict[str, Any]:
        """Below the category from whose row one came."""
        initial: dict[str, Any] = super().get_initial()  # type: ignore[no-untyped-call]
        return {**initial, "treebeard_ref_node": self.kwargs.get("parent")}


class CategoryDeleteView(OscarCategoryDeleteView):
    """Only an empty category goes: its products, or a campaign's rule, would lose theirs without a word."""

    object: Any

    def form_valid(self, form: Form) -> HttpResponse:
        if obstacle := self.obstacle():
            messages.error(self.request, obstacle)
            return HttpResponseRedirect(reverse("dashboard:catalogue-category-list"))
        response: HttpResponse = super().form_valid(form)
        return response

    def obstacle(self) -> str:
        """Why the category has to stay; empty if it can go."""
        path = self.object.path
        if Product.objects.filter(categories__path__startswith=path).exists():
            return _("There are products in this category. Move them first.")
        campaign = Campaign.objects.filter(rule_category__path__startswith=path).newest_first().first()
        if campaign is None:
            return ""
        return _("The campaign “%(campaign)s” takes its goods from this category. It has to stay.") % {
            "campaign": campaign.name
        }
