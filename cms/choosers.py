"""How editors choose products, counties and villages: by typing a part of the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from catalog.catalogue.models import Product
from catalog.partner.shelf import place_of
from catalog.unsold_offers.obstacles import LOOKED_AT, obstacle_to_sale
from supplier_villages.regions.committees import village_name
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import UPWARDS, Region

if TYPE_CHECKING:
    from django.db.models import QuerySet

WITH_PLACE = f"origin_village__{UPWARDS}"
NEAR = "440000"


class TypingForm(BaseFilterForm):
    """One field: what the name begins with or contains."""

    q = forms.CharField(
        label=gettext_lazy("Search term"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Name, or a part of it")}),
    )

    def filter(self, objects: Any) -> Any:
        """The objects that the text finds."""
        text = self.cleaned_data.get("q", "").replace("\0", "").strip()
        if not text:
            return objects
        self.is_searching = True
        self.search_query = text
        return self.matching(objects, text)

    def matching(self, objects: Any, text: str) -> Any:
        """The objects that the text finds; each chooser says how."""
        raise NotImplementedError


class ProductForm(TypingForm):
    """Products by their name or their village's."""

    def matching(self, objects: QuerySet[Product], text: str) -> QuerySet[Product]:
        return objects.filter(Q(title__icontains=text) | Q(origin_village__name__icontains=text))


class RegionForm(TypingForm):
    """Regions by name, pinyin, initials or code; those of Guangdong first."""

    def matching(self, objects: Any, text: str) -> Any:
        return objects.search(text, near=NEAR)


def choosable_products() -> QuerySet[Product]:
    """Products with all that a chooser says of them."""
    return Product.objects.select_related(WITH_PLACE).prefetch_related(*LOOKED_AT)


def selling_state(product: Product) -> str:
    """ "on sale", or why the product is on no page."""
    obstacle = obstacle_to_sale(product, timezone.now())
    return str(obstacle.label) if obstacle else _("on sale")


def product_label(product: Product) -> str:
    """The product as the editor's form shows it: what cannot be sold says so, and why."""
    obstacle = obstacle_to_sale(product, timezone.now())
    if obstacle is None:
        return product.title
    return _("%(product)s (not shown: %(why)s)") % {"product": product.title, "why": obstacle.label}


class ProductsView(views.BaseChooseView):
    """What the list of products shows."""

    filter_form_class = ProductForm

    @property
    def columns(self) -> list[Column]:
        """Name, village, and whether it can be sold."""
        return [
            self.title_column,
            Column(
                "place",
                label=gettext_lazy("Village"),
                accessor=lambda product: place_of(product.origin_village).path,
            ),
            Column("state", label=gettext_lazy("State"), accessor=selling_state),
        ]


class RegionsView(views.BaseChooseView):
    """What the list of regions shows: the name and where it lies."""

    filter_form_class = RegionForm
    ordering = ("code",)

    @property
    def columns(self) -> list[Column]:
        """Name and the way to it."""
        return [
            self.title_column,
            Column("place", label=gettext_lazy("Lies in"), accessor="path_above"),
        ]

    def apply_object_list_ordering(self, objects: Any) -> Any:
        """By code until somebody types; then what was typed decides."""
        return objects.order_by("code")


class ProductChoose(ProductsView, views.ChooseView):
    """The dialog."""


class ProductResults(ProductsView, views.ChooseResultsView):
    """Its list, after typing."""


class RegionChoose(RegionsView, views.ChooseView):
    """The dialog."""


class RegionResults(RegionsView, views.ChooseResultsView):
    """Its list, after typing."""


class ProductWidget(BaseChooser):
    """What has been chosen, with the reason if it cannot be sold."""

    show_edit_link = False

    def get_display_title(self, instance: Product) -> str:
        return product_label(instance)


class ProductChosen(views.ChosenView):
    """The answer to a choice."""

    def get_display_title(self, instance: Product) -> str:
        return product_label(instance)


class ProductsChosen(views.ChosenMultipleView):
    """The answer to several choices at once."""

    def get_display_title(self, instance: Product) -> str:
        return product_label(instance)


class RegionWidget(BaseChooser):
    """A region as people call it, with where it lies."""

    show_edit_link = False

    def get_display_title(self, instance: Region) -> str:
        return region_label(instance)


class RegionChosen(views.ChosenView):
    """The answer to a choice."""

    def get_display_title(self, instance: Region) -> str:
        return region_label(instance)


def region_label(region: Region) -> str:
    """圩埔村（广东省 揭阳市 揭东区 曲溪街道)."""
    return f"{village_name(region.name)}（{region.path_above}）"


class ProductChooser(ChooserViewSet):
    """All products; those that cannot be sold say why."""

    model = Product
    icon = "pick"
    choose_one_text = gettext_lazy("Choose a product")
    choose_another_text = gettext_lazy("Choose another product")
    choose_view_class = ProductChoose
    choose_results_view_class = ProductResults
    chosen_view_class = ProductChosen
    chosen_multiple_view_class = ProductsChosen
    base_widget_class = ProductWidget
    register_widget = False

    def get_object_list(self) -> QuerySet[Product]:
        """Newest first."""
        return choosable_products().order_by("-date_created", "-pk")


class RegionChooser(ChooserViewSet):
    """Regions of one level that exist today."""

    model = Region
    icon = "site"
    choose_view_class = RegionChoose
    choose_results_view_class = RegionResults
    chosen_view_class = RegionChosen
    base_widget_class = RegionWidget
    register_widget = False
    level: Level

    def get_object_list(self) -> Any:
        """With what they lie in."""
        today = Region.objects.valid_on(timezone.localdate()).at_level(self.level)
        return today.select_related("parent__parent__parent__parent")


class CountyChooser(RegionChooser):
    """Counties and districts."""

    level = Level.COUNTY
    choose_one_text = gettext_lazy("Choose a county")
    choose_another_text = gettext_lazy("Choose another county")


class VillageChooser(RegionChooser):
    """Villages and communities."""

    level = Level.VILLAGE
    choose_one_text = gettext_lazy("Choose a village")
    choose_another_text = gettext_lazy("Choose another village")


PRODUCTS = ProductChooser("product_chooser")
COUNTIES = CountyChooser("county_chooser")
VILLAGES = VillageChooser("village_chooser")
COUNTY_WIDGET = COUNTIES.widget_class
VILLAGE_WIDGET = VILLAGES.widget_class
