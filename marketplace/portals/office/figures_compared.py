"""An office's figures against those of the days before."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.periods import Window
from marketplace.core.templatetags.formats import MINUS
from marketplace.county_figures.comparison import window_before
from marketplace.county_figures.queries import Figures, figures_of_each
from marketplace.sales_journal.queries import Totals, totals_of_each
from supplier_villages.regions.models import Region

TIMES_FROM = 10


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure is above or below an earlier one: +12.3%, up; ×340 where per cent say little."""

    text: str
    direction: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes against earlier days, and what these are called; None where nothing was sold then."""

    label: str
    contracted: Change | None
    accepted: Change | None
    paid: Change | None


def compared_figures(region: Region, window: Window, today: dt.date) -> tuple[Figures, Comparison | None]:
    """The region's figures and how they compare, if any days came before; as many queries as the figures."""
    earlier = window_before(window, today)
    found, *before = figures_of_each(region=region, windows=[window, earlier] if earlier else [window])
    return found, comparison(window, today, found.total, before[0].total) if before else None


def compared_totals(region: Region, window: Window, today: dt.date) -> tuple[Totals, Comparison | None]:
    """The same without the regions below."""
    earlier = window_before(window, today)
    windows = [window, earlier] if earlier else [window]
    found, *before = totals_of_each(region_codes=[region.code], windows=windows)
    return found, comparison(window, today, found, before[0]) if before else None


def comparison(window: Window, today: dt.date, now: Totals, before: Totals) -> Comparison:
    """The three figures against those of the days before the window."""
    return Comparison(
        _compared_with(window, today),
        change(now.contracted_fen, before.contracted_fen),
        change(now.accepted_fen, before.accepted_fen),
        change(now.paid_fen, before.paid_fen),
    )


def change(now_fen: int, before_fen: int) -> Change | None:
    """The change in per cent, to one decimal, or how many times as much; None against nothing or less."""
    if before_fen <= 0:
        return None
    if now_fen >= TIMES_FROM * before_fen:
        return Change(f"×{now_fen // before_fen:,}", "up")
    share = Decimal(now_fen - before_fen) * 100 / before_fen
    rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if not rounded:
        return Change(_("unchanged"), "flat")
    return Change(f"{rounded:+,}%".replace("-", MINUS), "up" if rounded > 0 else "down")


def _compared_with(window: Window, today: dt.date) -> str:
    is_over = window.end <= today
    if window == Window.year(window.start):
        return _("against the year before") if is_over else _("against the same days of the year before")
    if window == Window.month(window.start):
        return _("against the month before") if is_over else _("against the same days of the month before")
    days = (window.end - window.start).days
    return ngettext("against the %(days)d day before", "against the %(days)d days before", days) % {
        "days": days
    }
