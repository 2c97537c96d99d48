"""Products and categories, forked from Oscar: with origin, sale unit, weight, season and storage."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct

from catalog.catalogue.units import GRAMS_OF_UNIT, SaleUnit, Storage


class Category(AbstractCategory):
    """A kind of goods, with the drawing that stands in for a missing photo."""

    drawing = models.SlugField(
        _("drawing"),
        blank=True,
        help_text=_("Name of the file under static/img/categories, without .svg."),
    )
    needs_compliance_certificate = models.BooleanField(
        _("needs a compliance certificate"),
        default=False,
        help_text=_("Fresh vegetables, fruit, meat, eggs and farmed fish: dispatch is refused without one."),
    )

    class Meta(AbstractCategory.Meta):
        abstract = False

    def get_absolute_url(self) -> str:
        """Its listing in the shop."""
        return reverse("shop:category", args=[self.slug])


class Product(AbstractProduct):
    """Goods from a village. `description` is its story: plain text, never rendered as HTML."""

    origin_village = models.ForeignKey(
        "regions.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("village of origin"),
    )
    sale_unit = models.CharField(_("sale unit"), max_length=8, choices=SaleUnit, default=SaleUnit.JIN)
    # NULL until it is known; such a product cannot be offered.
    net_weight_grams = models.PositiveIntegerField(
        _("net weight of one sale unit, in grams"), null=True, blank=True
    )
    harvest_first_month = models.PositiveSmallIntegerField(_("first month of harvest"), null=True, blank=True)
    harvest_last_month = models.PositiveSmallIntegerField(_("last month of harvest"), null=True, blank=True)
    shelf_life_days = models.PositiveIntegerField(_("shelf life in days"), null=True, blank=True)
    storage = models.CharField(_("storage"), max_length=8, choices=Storage, default=Storage.AMBIENT)

    class Meta(AbstractProduct.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(net_weight_grams__isnull=True) | Q(net_weight_grams__gte=1),
                name="product_weight_positive",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(sale_unit=unit)
                    | Q(net_weight_grams__isnull=True)
                    | Q(net_weight_grams=grams),
                    name=f"product_{unit.value}_weighs_{grams}_grams",
                )
                for unit, grams in GRAMS_OF_UNIT.items()
            ),
            models.CheckConstraint(
                condition=Q(harvest_first_month__isnull=True, harvest_last_month__isnull=True)
                | Q(harvest_first_month__range=(1, 12), harvest_last_month__range=(1, 12)),
                name="product_harvest_is_two_months",
            ),
            models.CheckConstraint(
                condition=Q(shelf_life_days__isnull=True) | Q(shelf_life_days__gte=1),
                name="product_shelf_life_positive",
            ),
        ]

    def get_sale_unit_display(self) -> str:  # type: ignore[no-redef]
        """What a sale unit is called; Django's own way translates every unit to find the one."""
        return str(SaleUnit(self.sale_unit).label) if self.sale_unit else ""

    def get_absolute_url(self) -> str:
        """Its page in the shop."""
        return reverse("shop:product", args=[self.pk])


# Oscar registers its own class for whatever is not registered yet: hence after ours, and by name.
from oscar.apps.catalogue.models import (  # noqa: E402
    AttributeOption,
    AttributeOptionGroup,
    Option,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductCategoryHierarchy,
    ProductClass,
    ProductImage,
    ProductRecommendation,
)

__all__ = [
    "AttributeOption",
    "AttributeOptionGroup",
    "Category",
    "Option",
    "Product",
    "ProductAttribute",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductCategoryHierarchy",
    "ProductClass",
    "ProductImage",
    "ProductRecommendation",
]
