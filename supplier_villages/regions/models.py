"""The region tree, its old codes, paired assistance (对口帮扶) and listed supervision (挂牌督战)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Left, Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from supplier_villages.regions.levels import Level
from supplier_villages.regions.querysets import (
    ListedSupervisionQuerySet,
    PairedAssistanceQuerySet,
    RegionQuerySet,
)

# Compared byte by byte, so that a subtree is one range of the primary key whatever the server's locale.
BYTEWISE = "C"
PAIR_LEVELS = (Level.PREFECTURE, Level.COUNTY)

# All that a village lies in, for select_related: town, county, city, province.
UPWARDS = "parent__parent__parent__parent"


def window_is_not_empty(name: str) -> models.CheckConstraint:
    """The constraint that a half-open window ends after it begins."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        name=name,
    )


def no_overlap(*fields: str, name: str, condition: Q | None = None) -> ExclusionConstraint:
    """The constraint that rows equal in the fields do not share a day of their half-open windows."""
    window = Func(F("valid_from"), F("valid_to"), function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (window, RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class Region(models.Model):
    """A place of the administrative tree, from province to village.

    The code holds exactly the digits that people write: 6 to the county (GB/T 2260), 9 for towns, 12 for
    villages (NBS statistical codes). The parent is a column, because the digits do not always name it: the
    districts of Beijing, 济源 and the towns of 东莞 skip a level.
    """

    code = models.CharField(_("region code"), max_length=12, primary_key=True, db_collation=BYTEWISE)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        db_index=False,  # region_children below begins with it
        verbose_name=_("belongs to"),
    )
    name = models.CharField(_("name"), max_length=100, db_collation=BYTEWISE)
    pinyin = models.CharField(_("pinyin"), max_length=300, db_collation=BYTEWISE)
    initials = models.CharField(_("pinyin initials"), max_length=100, db_collation=BYTEWISE)
    is_rural = models.BooleanField(
        _("has a village committee"),
        default=False,
        help_text=_("A residents' committee (社区, 居委会) is not a village and cannot be a poor village."),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until, exclusive"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["parent", "pinyin", "code"], name="region_children"),
            models.Index(fields=["name"], name="region_name"),
            models.Index(fields=["pinyin"], name="region_pinyin"),
            models.Index(fields=["initials"], name="region_initials"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE, code__regex=r"^[1-9]\d0000$")
                | Q(level=Level.PREFECTURE, code__regex=r"^[1-9]\d(?!00)\d\d00$")
                | Q(level=Level.COUNTY, code__regex=r"^[1-9]\d{3}(?!00)\d\d$")
                | Q(level=Level.TOWN, code__regex=r"^[1-9]\d{8}$")
                | Q(level=Level.VILLAGE, code__regex=r"^[1-9]\d{11}$"),
                name="region_code_has_the_digits_of_its_level",
            ),
            models.CheckConstraint(
                # A parent that is NULL compares as unknown, and unknown passes a check: hence "is not null".
                condition=Q(level=Level.PROVINCE, parent__isnull=True)
                | Q(parent__isnull=False)
                & (
                    Q(level=Level.PREFECTURE, parent=Concat(Left("code", 2), Value("0000")))
                    | Q(level=Level.COUNTY, parent=Concat(Left("code", 2), Value("0000")))
                    | Q(level=Level.COUNTY, parent=Concat(Left("code", 4), Value("00")))
                    | Q(level=Level.TOWN, parent=Left("code", 6))
                    | Q(level=Level.VILLAGE, parent=Left("code", 9))
                ),
                name="region_parent_stands_above_in_its_own_code",
            ),
            models.CheckConstraint(
                condition=Q(is_rural=False) | Q(level=Level.VILLAGE), name="region_only_villages_are_rural"
            ),
            window_is_not_empty("region_window_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"

    @property
    def above(self) -> "list[Region]":
        """What it lies in, widest first; no query where the parents are loaded."""
        return [*self.parent.above, self.parent] if self.parent else []

    @property
    def path_above(self) -> str:
        """The names of what it lies in: 广东省 揭阳市."""
        return " ".join(region.name for region in self.above)


class RegionSuccession(models.Model):
    """An old code and the region that took its place: 441283 高要市 became 441204 高要区.

    The successor may itself have been superseded later: follow the chain with queries.resolve.
    """

    old_code = models.CharField(_("old code"), max_length=12, primary_key=True, db_collation=BYTEWISE)
    old_name = models.CharField(_("old name"), max_length=100)
    new = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("successor")
    )
    changed_after = models.DateField(
        _("old code last seen on"),
        help_text=_("The last year's end at which the old code stood; the change came in the year after."),
    )

    class Meta:
        verbose_name = _("superseded code")
        verbose_name_plural = _("superseded codes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(old_code=F("new")), name="succession_changes_the_code"),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_id}"


class AssistanceKind(models.TextChoices):
    """Under which programme one region helps another."""

    EAST_WEST = "east_west", _("East–West cooperation")
    PAIRED = "paired", _("paired assistance")
    DESIGNATED = "designated", _("designated assistance")


class Confidence(models.TextChoices):
    """How well a pairing is attested."""

    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class PairedAssistance(models.Model):
    """One region helps another for a time.

    A prefecture may have two helpers (昭通: 东莞 and 中山); a county has at most one per kind and day.
    """

    helper = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="helps", verbose_name=_("helping region")
    )
    helped = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="helped_by", verbose_name=_("helped region")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AssistanceKind.choices)
    level = models.CharField(
        _("level"), max_length=10, choices=[(level.value, level.label) for level in PAIR_LEVELS]
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until, exclusive"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence.choices)
    note = models.TextField(_("note"), blank=True)

    objects = PairedAssistanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("paired assistance")
        verbose_name_plural = _("paired assistance")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["helper", "helped", "kind", "valid_from"], name="pair_stands_once_from_a_day"
            ),
            no_overlap("helper", "helped", "kind", name="pair_windows_do_not_overlap"),
            no_overlap(
                "helped", "kind", condition=Q(level=Level.COUNTY), name="pair_county_has_one_helper_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(helper=F("helped")), name="pair_helps_another"),
            models.CheckConstraint(
                condition=Q(Exact(Right("helped", 2), Value("00")), level=Level.PREFECTURE)
                | Q(~Exact(Right("helped", 2), Value("00")), level=Level.COUNTY),
                name="pair_level_is_the_helped_regions",
            ),
            window_is_not_empty("pair_window_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.helper_id} → {self.helped_id} {self.kind} {self.valid_from}"


class ListedSupervision(models.Model):
    """A region that stands on the list of 挂牌督战 for a time."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="supervisions", verbose_name=_("region")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until, exclusive"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = ListedSupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("listed supervision")
        verbose_name_plural = _("listed supervision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="supervision_begins_once_on_a_day"),
            no_overlap("region", name="supervision_windows_do_not_overlap"),
            window_is_not_empty("supervision_window_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.valid_from}"


class RegionImport(models.Model):
    """The sources that were read last: the same again changes nothing and is not even compared."""

    digest = models.CharField(_("digest of the sources"), max_length=64)
    imported_at = models.DateTimeField(_("imported at"))
    created = models.PositiveIntegerField(_("regions added"))
    changed = models.PositiveIntegerField(_("regions changed"))
    closed = models.PositiveIntegerField(_("regions closed"))

    class Meta:
        verbose_name = _("import of regions")
        verbose_name_plural = _("imports of regions")

    def __str__(self) -> str:
        return f"{self.imported_at:%Y-%m-%d} {self.digest[:12]}"
