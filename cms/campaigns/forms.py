"""The form by which editors make and change a campaign: it parses, the service decides."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import AdminDateInput
from wagtail.blocks.base import BlockField

from catalog.catalogue.models import Category
from cms.blocks.products import MOST_CHOSEN, ProductChooserBlock, categories
from cms.campaigns.counties import UnknownCounties, counties_in, text_of
from cms.choosers import choosable_products
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.services import InvalidCampaign, Plan, Rule

if TYPE_CHECKING:
    from supplier_villages.regions.models import Region

# Where a campaign's problem stands in the form.
FIELD_OF = {"end_date": "last_day", "goal_fen": "goal"}
EARLIEST, LATEST = date(2019, 1, 1), date(2036, 12, 30)
# Not a list block: as a form's field Wagtail 8.0's script fails on one.
PRODUCTS = blocks.StreamBlock(
    [("product", ProductChooserBlock(label=_("Product")))], max_num=MOST_CHOSEN, required=False
)


def categories_or_all() -> list[tuple[str, str]]:
    """The categories as they are when the form is shown, after "all"."""
    return [("", str(_("all categories"))), *categories()]


class CampaignForm(forms.Form):
    """A campaign's name, days, organisers, counties, goal and goods."""

    name = forms.CharField(label=_("Name"), max_length=60)
    first_day = forms.DateField(label=_("First day"), widget=AdminDateInput)
    last_day = forms.DateField(
        label=_("Last day"),
        widget=AdminDateInput,
        help_text=_("The campaign runs until midnight of this day."),
    )
    organisers = forms.CharField(
        label=_("Organisers"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    counties = forms.CharField(
        label=_("Counties taking part"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, as a circular lists them; where names repeat, the city before it."),
    )
    goal = forms.DecimalField(
        label=_("Goal, in CNY"),
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text=_("Empty: no goal."),
    )
    takes_goods_by_rule = forms.BooleanField(
        label=_("Goods by rule"),
        required=False,
        initial=True,
        help_text=_("All that is on sale from the counties taking part; sold-out goods leave by themselves."),
    )
    rule_category = forms.ChoiceField(
        label=_("Rule: only of this category"), required=False, choices=categories_or_all
    )
    rule_takes_unsold_only = forms.BooleanField(label=_("Rule: only unsold goods"), required=False)
    products = BlockField(
        block=PRODUCTS,
        label=_("Goods by hand"),
        required=False,
        help_text=_("Beside those of the rule; from counties taking part."),
    )

    def __init__(self, *args: Any, instance: Campaign | None = None, **kwargs: Any) -> None:
        self.instance = instance
        super().__init__(*args, **kwargs)
        if instance is not None:
            self.initial = {**_initial(instance), **self.initial}

    def clean_first_day(self) -> date:
        """A day of which the journal has a month."""
        return _within_reach(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date:
        """The same."""
        return _within_reach(self.cleaned_data["last_day"])

    def clean_counties(self) -> list[Region]:
        """The regions that the lines name."""
        try:
            return counties_in(self.cleaned_data["counties"], timezone.localdate())
        except UnknownCounties as error:
            raise ValidationError(error.problems) from error

    def clean(self) -> dict[str, Any]:
        """What narrows a rule says nothing without one."""
        cleaned: dict[str, Any] = super().clean() or {}
        narrows = cleaned.get("rule_category") or cleaned.get("rule_takes_unsold_only")
        if narrows and not cleaned.get("takes_goods_by_rule"):
            self.add_error(
                "takes_goods_by_rule", _("Tick this for the rule to hold, or clear the two fields below it.")
            )
        return cleaned

    def plan(self) -> Plan:
        """What the valid form says."""
        said = self.cleaned_data
        goal = said["goal"]
        return Plan(
            name=said["name"],
            start_date=said["first_day"],
            end_date=said["last_day"] + timedelta(days=1),
            organisers=said["organisers"].splitlines(),
            counties=said["counties"],
            goal_fen=None if goal is None else int(goal * 100),
            products=list({each.value.pk: each.value for each in said["products"] if each.value}.values()),
            rule=self._rule(),
        )

    def show(self, refusal: InvalidCampaign) -> None:
        """The service's problems at their fields."""
        for name, problem in refusal.problems.items():
            self.add_error(FIELD_OF.get(name, name), problem)

    def _rule(self) -> Rule | None:
        said = self.cleaned_data
        if not said["takes_goods_by_rule"]:
            return None
        chosen = said["rule_category"]
        category = Category.objects.filter(pk=chosen).first() if chosen else None
        return Rule(category=category, is_unsold_only=said["rule_takes_unsold_only"])


def _within_reach(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(
            _("Choose a day between %(first)s and %(last)s."), params={"first": EARLIEST, "last": LATEST}
        )
    return day


def _initial(campaign: Campaign) -> dict[str, Any]:
    counties = campaign.counties.select_related("parent").order_by("code")
    goal = campaign.goal_fen
    picked = choosable_products().filter(campaigns=campaign).order_by("pk")
    return {
        "name": campaign.name,
        "first_day": campaign.start_date,
        "last_day": campaign.window.last_day,
        "organisers": campaign.organisers,
        "counties": text_of(counties),
        "goal": None if goal is None else Decimal(goal).scaleb(-2),
        "takes_goods_by_rule": campaign.takes_goods_by_rule,
        "rule_category": campaign.rule_category_id,
        "rule_takes_unsold_only": campaign.rule_takes_unsold_only,
        "products": PRODUCTS.normalize([("product", each) for each in picked]),
    }
