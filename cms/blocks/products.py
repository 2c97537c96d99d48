"""Products: chosen by hand, or by a rule. What cannot be bought is not there."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalog.catalogue.queries import category_tree
from catalog.partner.shelf import Sort
from cms.choosers import COUNTIES, PRODUCTS, choosable_products
from cms.market import Rule, market_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.catalogue.models import Product

MOST_CHOSEN = 60
INDENT = "\u3000"


class ProductChooserBlock(PRODUCTS.get_block_class()):  # type: ignore[misc]  # Wagtail makes the class
    """One product, read with all that its card and the editor's form say of it."""

    def bulk_to_python(self, values: Sequence[Any]) -> list[Product | None]:
        """The products in the order of their keys; three queries whatever their number."""
        found = choosable_products().in_bulk([value for value in values if value is not None])
        return [copy.copy(found[value]) if value in found else None for value in values]


class CountyChooserBlock(COUNTIES.get_block_class()):  # type: ignore[misc]
    """One county."""


class ProductsByHandBlock(blocks.StructBlock):
    """Products that an editor has chosen."""

    title = blocks.CharBlock(label=_("Heading"), max_length=40)
    products = blocks.ListBlock(
        ProductChooserBlock(label=_("One product")),
        label=_("Products"),
        max_num=MOST_CHOSEN,
        help_text=_("What is sold out, expired or not recognised is left out by itself, and comes back."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The block with its cards, and for an editor's preview with what is not shown, and why."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        market = market_of(context, timezone.now())
        products = [product for product in value["products"] if product]
        return {
            **context,
            "cards": market.cards_of(products),
            "hidden": market.hidden(products) if market.tells_editor else [],
            "market": market,
        }

    class Meta:
        label = _("Products by hand")
        icon = "pick"
        template = "cms/blocks/products.html"


class Number(models.TextChoices):
    """How many products a rule shows: whole rows."""

    FOUR = "4", "4"
    EIGHT = "8", "8"
    TWELVE = "12", "12"
    TWENTY_FOUR = "24", "24"


WITHIN = (("3", _("within 3 days")), ("7", _("within 7 days")), ("30", _("within 30 days")))
ORDERS = (
    (Sort.SOONEST.value, _("what spoils soonest")),
    (Sort.MOST.value, _("what most is left of")),
    (Sort.CHEAPEST.value, _("what is cheapest per jin")),
    (Sort.NEWEST.value, _("what is newest")),
)


def categories() -> list[tuple[str, str]]:
    """The categories as they are when the form is shown; sub-categories stand below theirs, indented."""
    return [(str(each.pk), INDENT * (each.depth - 1) + each.name) for each in category_tree().entries]


class ProductsByRuleBlock(blocks.StructBlock):
    """What is on sale and fits a rule; other goods come by themselves when some are sold."""

    title = blocks.CharBlock(label=_("Heading"), max_length=40)
    county = CountyChooserBlock(label=_("Only from this county"), required=False)
    category = blocks.ChoiceBlock(label=_("Only of this category"), choices=categories, required=False)
    within = blocks.ChoiceBlock(label=_("Only unsold goods that must go"), choices=WITHIN, required=False)
    order = blocks.ChoiceBlock(label=_("Which come first"), choices=ORDERS, default=Sort.SOONEST.value)
    number = blocks.ChoiceBlock(label=_("How many at most"), choices=Number.choices, default=Number.EIGHT)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The block with its cards."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        market = market_of(context, timezone.now())
        return {**context, "cards": market.by_rule(rule_of(value)), "market": market}

    class Meta:
        label = _("Products by rule")
        icon = "cogs"
        template = "cms/blocks/products.html"


def rule_of(value: Any) -> Rule:
    """The rule that the block's fields state."""
    county = value["county"]
    return Rule(
        number=int(value["number"]),
        sort=Sort(value["order"]),
        region_code=county.pk if county else "",
        category_id=int(value["category"]) if value["category"] else None,
        within_days=int(value["within"]) if value["within"] else None,
    )
