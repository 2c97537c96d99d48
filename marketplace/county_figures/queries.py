"""The sales figures of a region and of those one level below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core.periods import Window
from marketplace.sales_journal import queries as journal
from marketplace.sales_journal.queries import RegionTotals, Totals
from supplier_villages.regions.codes import is_code
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region, RegionSuccession


class UnusableRegionCodeError(ValueError):
    """A text that names no present region; the message says what to do."""


class WrongLevel(ValueError):
    """A region has nothing of this level below it."""

    def __init__(self, region: Region, level: Level) -> None:
        super().__init__(
            _("%(region)s has nothing of the level “%(level)s” below it.")
            % {"region": region.name, "level": level.label}
        )


@dataclass(frozen=True)
class Figures:
    """What was sold from a region in a window: a row per region one level below, and their sum."""

    region: Region
    window: Window
    rows: list[RegionTotals]
    total: Totals


def region_of_code(code: str) -> Region:
    """The present region of this code.

    Raises:
        UnusableRegionCodeError: it has no such shape, or nobody knows it, or another code took its place.
    """
    if not is_code(code):
        raise UnusableRegionCodeError(f"{code!r} is no region code: give 6, 9 or 12 digits, such as 445224.")
    succession = RegionSuccession.objects.filter(old_code=code).first()
    if succession:
        raise UnusableRegionCodeError(
            f"{code} ({succession.old_name}) was superseded by {succession.new_id}: use {succession.new_id}, "
            "whose figures include it."
        )
    region = Region.objects.filter(code=code, valid_to__isnull=True).first()
    if region is None:
        raise UnusableRegionCodeError(f"No region has the code {code}: look it up in the regions' table.")
    return region


def figures(*, region: Region, window: Window, level: Level | None = None) -> Figures:
    """The region's figures: every region one level below (or of the level) has its row, zeros included.

    At most five queries. A village has no rows, only its total.

    Raises:
        WrongLevel: the level is not below the region's own.
    """
    return figures_of_each(region=region, windows=[window], level=level)[0]


def figures_of_each(
    *, region: Region, windows: Sequence[Window], level: Level | None = None
) -> list[Figures]:
    """The same for several windows, in their order and in as many queries as for one."""
    if level is not None and level.depth <= Level(region.level).depth:
        raise WrongLevel(region, level)
    tables = journal.tables(region=region, windows=windows, level=level)
    return [
        Figures(region, window, table.rows, table.total)
        for window, table in zip(windows, tables, strict=True)
    ]
