"""Campaigns (消费扶贫活动): when, by whom, for which counties, with which goods."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from marketplace.campaigns.querysets import CampaignQuerySet
from marketplace.core.periods import Window


class Campaign(models.Model):
    """A time in which organisers promote the goods of the counties taking part; never deleted.

    Its days are half-open and those of Asia/Shanghai. Its goods are those picked by hand and those that its
    rule finds: on sale from the counties taking part, narrowed by category and to unsold goods. What was sold
    by it stands in the sales journal, nowhere here.
    """

    name = models.CharField(_("name"), max_length=60)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("day after the last"))
    organisers = models.TextField(_("organisers"), max_length=500)
    counties = models.ManyToManyField(
        "regions.Region", related_name="campaigns", verbose_name=_("counties taking part")
    )
    goal_fen = models.BigIntegerField(_("goal, in fen"), null=True, blank=True)
    products = models.ManyToManyField(
        "catalogue.Product",
        blank=True,
        related_name="campaigns",
        verbose_name=_("products picked by hand"),
    )
    takes_goods_by_rule = models.BooleanField(_("goods by rule"), default=False)
    rule_category = models.ForeignKey(
        "catalogue.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only of this category"),
    )
    rule_takes_unsold_only = models.BooleanField(_("only unsold goods"), default=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="campaign_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(goal_fen__isnull=True) | Q(goal_fen__gt=0), name="campaign_goal_positive"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(organisers=""), name="campaign_has_name_and_organisers"
            ),
            models.CheckConstraint(
                condition=Q(takes_goods_by_rule=True)
                | Q(rule_category__isnull=True, rule_takes_unsold_only=False),
                name="campaign_narrows_only_a_rule",
            ),
            ExclusionConstraint(
                name="campaign_of_one_name_does_not_overlap_itself",
                expressions=[
                    ("name", RangeOperators.EQUAL),
                    (Func(F("start_date"), F("end_date"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.start_date:%Y-%m-%d}"

    @property
    def window(self) -> Window:
        """The days on which it runs."""
        return Window(self.start_date, self.end_date)

    @property
    def organiser_names(self) -> list[str]:
        """Each organiser, in the editor's order."""
        return [name for name in self.organisers.splitlines() if name]
