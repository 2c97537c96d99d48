"""Regions, chained: subtree, children, ancestors, level, day, typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Q, Value, When

from supplier_villages.regions.codes import ancestor_codes, code_range
from supplier_villages.regions.levels import Level

if TYPE_CHECKING:
    import datetime as dt

    # What the sets hold; ruff does not see the names inside the quotes.
    from supplier_villages.regions.models import ListedSupervision, PairedAssistance, Region  # noqa: F401


def in_force(day: dt.date) -> Q:
    """Rows whose half-open window [valid_from, valid_to) holds the day; null leaves a side open."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions; every set that is shown ends in an explicit order."""

    def valid_on(self, day: dt.date) -> Self:
        """Those that exist on the day."""
        return self.filter(in_force(day))

    def at_level(self, level: Level) -> Self:
        """Those of one level."""
        return self.filter(level=level)

    def within(self, code: str) -> Self:
        """The region and everything below it: one range of the primary key."""
        first, last = code_range(code)
        return self.filter(code__gte=first, code__lt=last)

    def children_of(self, code: str) -> Self:
        """Those directly below the region, whatever their level (东莞's are towns), by pinyin."""
        return self.filter(parent=code).by_pinyin()

    def ancestors_of(self, code: str) -> Self:
        """Those above the region, province first; without the region itself."""
        return self.filter(pk__in=ancestor_codes(code)).top_down()

    def search(self, text: str, *, near: str | None = None) -> Self:
        """Those whose name, pinyin, initials or code begin with the text; higher levels first.

        What lies within the region `near` goes before all else: village names repeat everywhere.

        The beginning, because only that is an index look-up among 120,000 names, and because it is how
        people type a place: 普宁, puning, pn, 445281.
        """
        typed = "".join(text.split()).lower().replace("'", "").replace("ü", "v")
        if not typed:
            return self.none()
        if not typed.isascii():
            found = Q(name__startswith=typed)
        elif typed.isdigit():
            found = Q(code__startswith=typed)
        else:
            found = Q(pinyin__startswith=typed) | Q(initials__startswith=typed)
        nearest = [_outside(near)] if near else []
        return self.filter(found).order_by(*nearest, _depth(), "pinyin", "code")

    def by_pinyin(self) -> Self:
        """In the order in which people look for a name in a list."""
        return self.order_by("pinyin", "code")

    def top_down(self) -> Self:
        """By code: a parent stands before its children, 440000 before 445200 before 445203."""
        return self.order_by("code")


def _outside(code: str) -> Case:
    first, last = code_range(code)
    return Case(When(code__gte=first, code__lt=last, then=Value(0)), default=Value(1))


def _depth() -> Case:
    return Case(*(When(level=level, then=Value(level.depth)) for level in Level))


class PairedAssistanceQuerySet(models.QuerySet["PairedAssistance"]):
    """Pairs of a helping and a helped region."""

    def valid_on(self, day: dt.date) -> Self:
        """Those in force on the day."""
        return self.filter(in_force(day))


class ListedSupervisionQuerySet(models.QuerySet["ListedSupervision"]):
    """Regions on the list of 挂牌督战."""

    def valid_on(self, day: dt.date) -> Self:
        """Those on the list on the day."""
        return self.filter(in_force(day))
