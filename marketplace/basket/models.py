"""Baskets, forked from Oscar: each belongs to a person and to the institution that they buy for, or none."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine


class Basket(AbstractBasket):
    """What a person is putting together, for an institution or (NULL) for themselves."""

    institution = models.ForeignKey(
        "institutions.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="baskets",
        verbose_name=_("institution"),
    )

    class Meta(AbstractBasket.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("owner", "institution"),
                condition=models.Q(status=AbstractBasket.OPEN),
                nulls_distinct=False,
                name="one_open_basket_per_owner_and_institution",
            )
        ]


class Line(AbstractLine):
    """One stock record in a basket; prices are not kept here, they are read when they are shown.

    `campaign` is the one whose page put it in; whether it still counts is asked when the basket is submitted.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("campaign"),
    )

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="basket_line_quantity_positive")
        ]


from oscar.apps.basket.models import InvalidBasketLineError, LineAttribute  # noqa: E402 -- after our own

__all__ = ["Basket", "InvalidBasketLineError", "Line", "LineAttribute"]
