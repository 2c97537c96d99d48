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


class CategoryCreateView(OscarCategoryCreateView):
    """Oscar names a field that treebeard no longer has."""

    def get_initial(self) -> dict[str, Any]:
        """Below the category from whose row one came."""
        initial: dict[str, Any] = super().get_initial()  # type: ignore[no-untyped-call]
        return {**initial, "treebeard_ref_node": self.kwargs.get("parent")}


class CategoryDeleteView(OscarCategoryDeleteView):
    """Only an empty category goes: its products would lose theirs without a word."""

    object: Any

    def form_valid(self, form: Form) -> HttpResponse:
        if Product.objects.filter(categories__path__startswith=self.object.path).exists():
            messages.error(self.request, _("There are products in this category. Move them first."))
            return HttpResponseRedirect(reverse("dashboard:catalogue-category-list"))
        response: HttpResponse = super().form_valid(form)
        return response
