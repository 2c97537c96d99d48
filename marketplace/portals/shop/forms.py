"""What visitors choose and type: filters of a listing, quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.partner.shelf import Sort
from marketplace.portals.long_select import LongSelect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from catalog.catalogue.queries import CategoryTree
    from catalog.partner.shelf import CountyGoods

LONGEST_QUERY = 60
INDENT = "\u3000"
SORTS = (
    (Sort.SOONEST, _("Spoils soonest")),
    (Sort.CHEAPEST, _("Lowest price per jin")),
    (Sort.MOST, _("Most left")),
    (Sort.NEWEST, pgettext_lazy("goods", "Newest")),
)
DAYS = (
    ("", _("Any time")),
    ("3", _("Within 3 days")),
    ("7", _("Within 7 days")),
    ("30", _("Within 30 days")),
)


class FilterForm(forms.Form):
    """What narrows and sorts a listing; what makes no sense is left aside, for it came from an address."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Category"), required=False, widget=LongSelect)
    county = forms.ChoiceField(label=_("County"), required=False, widget=LongSelect)
    within = forms.ChoiceField(label=_("Spoils"), required=False, choices=DAYS)
    sort = forms.ChoiceField(label=pgettext_lazy("order of a list", "Order"), required=False, choices=SORTS)

    def __init__(self, query: QueryDict, tree: CategoryTree, counties: Iterable[CountyGoods]) -> None:
        super().__init__(None)
        self._choices("category", [("", _("All categories")), *_category_choices(tree)])
        self._choices("county", [("", _("All counties")), *_county_choices(counties)])
        self.chosen = {"q": clean_query(query.get("q", "")), **self._known(query)}
        self.initial = dict(self.chosen)

    def preset(self, name: str, value: str, label: str) -> None:
        """Holds one filter at a value, which is a choice even when nothing is on sale there."""
        choices: Any = self.fields[name].choices  # type: ignore[attr-defined]
        if value not in dict(choices):
            self._choices(name, [*choices, (value, label)])
        self.chosen[name] = self.initial[name] = value

    def label_of(self, name: str) -> str:
        """What the chosen value of a filter is called."""
        choices: Any = self.fields[name].choices  # type: ignore[attr-defined]
        return str(dict(choices)[self.chosen[name]]).strip()

    def _known(self, query: QueryDict) -> dict[str, str]:
        asked = {name: query.get(name, "") for name in ("category", "county", "within", "sort")}
        return {
            name: value if value in dict(self.fields[name].choices) else ""  # type: ignore[attr-defined]
            for name, value in asked.items()
        }

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def clean_query(text: str) -> str:
    """What a person searched for: without control characters, and no longer than anybody types."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_QUERY]


def _category_choices(tree: CategoryTree) -> list[tuple[str, str]]:
    return [(str(each.pk), INDENT * (each.depth - 1) + each.name) for each in tree.entries]


def _county_choices(counties: Iterable[CountyGoods]) -> list[tuple[str, str]]:
    return [(each.code, f"{each.city} {each.name}") for each in counties]
