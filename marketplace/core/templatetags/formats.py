"""One filter each for money, weights, quantities, dates and masked data, in the active language.

Every filter answers "" to None, so that a template needs no guard. A number and its unit are held together
by a no-break space; money takes the true minus sign.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

from marketplace.core import masks
from marketplace.core.money import unit_prices
from marketplace.core.money.capitals import in_capitals

register = template.Library()

SHANGHAI = ZoneInfo("Asia/Shanghai")
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
FEN = Decimal("0.01")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class PriceParts(NamedTuple):
    """A price cut where type sizes change: sign and ¥, whole yuan with separators, two digits of fen."""

    symbol: str
    whole: str
    cents: str


@register.filter
def cny(amount: Decimal | int | None) -> str:
    """¥1,234.50 from CNY, half up to the fen. Raises TypeError for a float."""
    return "" if amount is None else "{}{}.{}".format(*cny_parts(amount))


@register.filter
def fen_cny(fen: int | None) -> str:
    """¥1,234.50 from whole fen."""
    return "" if fen is None else cny(Decimal(fen).scaleb(-2))


@register.filter
def fen_plain(fen: int | None) -> str:
    """1,234.50 from whole fen: for a table whose head names the currency."""
    return fen_cny(fen).replace("¥", "")


@register.filter
def capitals(fen: int | None) -> str:
    """壹仟零捌拾元整 from whole fen, as Chinese documents write an amount beside its figures."""
    return "" if fen is None else in_capitals(fen)


@register.filter
def cny_parts(amount: Decimal | int | None) -> PriceParts:
    """The same figures as `cny`, in parts. Raises TypeError for a float."""
    if amount is None:
        return PriceParts("", "", "")
    if isinstance(amount, float):
        raise TypeError("money is Decimal CNY or whole fen, never float")
    rounded = Decimal(amount).quantize(FEN, ROUND_HALF_UP)
    whole, cents = f"{abs(rounded):,.2f}".split(".")
    return PriceParts(f"{MINUS}¥" if rounded < 0 else "¥", whole, cents)


@register.filter
def per_jin(price: Decimal | None, net_weight_grams: int | None) -> str:
    """¥4.00/斤 from a sale unit's price and its net weight; "" where either is missing."""
    if price is None or not net_weight_grams:
        return ""
    return f"{cny(unit_prices.price_per_jin(price, net_weight_grams))}/{gettext('jin')}"


@register.filter
def per_kg(price: Decimal | None, net_weight_grams: int | None) -> str:
    """¥8.00/公斤 (/kg in English) from a sale unit's price and its net weight; "" where either is missing."""
    if price is None or not net_weight_grams:
        return ""
    return f"{cny(unit_prices.price_per_kg(price, net_weight_grams))}/{gettext('kg')}"


@register.simple_tag
def per_weight(price: Decimal, unit: str, net_weight_grams: int, brief: bool = False) -> str:
    """¥4.00/斤 · ¥8.00/公斤 beside a price per unit; what the unit itself says is not said twice.

    `brief`: only one of them.
    """
    if unit == pgettext("sale unit", "jin"):
        return per_kg(price, net_weight_grams)
    if brief or unit == pgettext("sale unit", "kilogram"):
        return per_jin(price, net_weight_grams)
    return f"{per_jin(price, net_weight_grams)} · {per_kg(price, net_weight_grams)}"


@register.filter
def weight(grams: int | None) -> str:
    """A weight as people say it, at most two decimals.

    Below one kilogram it is what a label prints (585 克, 585 g); from there on Chinese counts in 斤
    (1,200 斤) and English in kilograms (600 kg).
    """
    if grams is None:
        return ""
    if abs(grams) < unit_prices.GRAMS_PER_KG:
        return quantity(grams, gettext("g"))
    if _is_chinese():
        return quantity(Decimal(grams) / unit_prices.GRAMS_PER_JIN, gettext("jin"))
    return weight_kg(grams)


@register.filter
def weight_kg(grams: int | None) -> str:
    """600 公斤, 600 kg: for documents and screens that must not use 斤."""
    return "" if grams is None else quantity(Decimal(grams) / unit_prices.GRAMS_PER_KG, gettext("kg"))


@register.filter
def quantity(number: Decimal | int | None, unit: str = "") -> str:
    """1,200 or, with a unit, 1,200 斤; at most two decimals, without trailing noughts."""
    if number is None:
        return ""
    figures = f"{Decimal(number).quantize(FEN, ROUND_HALF_UP):,f}".rstrip("0").rstrip(".")
    figures = figures.replace("-", MINUS)
    return f"{figures}{NO_BREAK_SPACE}{unit}" if unit else figures


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """2020年3月15日, in English 15 Mar 2020: the day in Asia/Shanghai."""
    if value is None:
        return ""
    day = _in_shanghai(value)
    if _is_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


@register.filter
def cn_day(value: date | datetime | None, today: date | None = None) -> str:
    """3月15日, in English 15 Mar: the day in Asia/Shanghai, with its year where that is not this year."""
    if value is None:
        return ""
    text = cn_date(value)
    if _in_shanghai(value).year != (today or timezone.localdate(timezone=SHANGHAI)).year:
        return text
    return text.partition("年")[2] if _is_chinese() else text.rpartition(" ")[0]


@register.filter
def through(first: date, last: date) -> str:
    """2020年3月1日 – 3月31日, in English 1 Mar – 31 Mar 2020: a year that is the same is said once."""
    start, end = (
        (cn_date(first), cn_day(last, first)) if _is_chinese() else (cn_day(first, last), cn_date(last))
    )
    return f"{start} – {end}"


@register.filter
def cn_datetime(value: datetime | None) -> str:
    """2020年3月15日 14:32, in English 15 Mar 2020, 14:32: the minute in Asia/Shanghai."""
    if value is None:
        return ""
    separator = " " if _is_chinese() else ", "
    return f"{cn_date(value)}{separator}{_in_shanghai(value):%H:%M}"


@register.filter
def days_left(last_day: date | datetime | None, today: date | None = None) -> str:
    """How long until the end of that day: 还剩 5 天, 最后一天, 已到期."""
    if last_day is None:
        return ""
    days = (_as_day(last_day) - (today or timezone.localdate(timezone=SHANGHAI))).days
    if days < 0:
        return gettext("expired")
    if days == 0:
        return gettext("last day")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@register.filter
def days_to(day: date | datetime | None, today: date | None = None) -> str:
    """The same for something that was to be done by that day: once it is over, 逾期 3 天."""
    if day is None:
        return ""
    days = ((today or timezone.localdate(timezone=SHANGHAI)) - _as_day(day)).days
    if days <= 0:
        return days_left(day, today)
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


@register.filter
def mask_phone(phone: str | None) -> str:
    """138****5678."""
    return masks.mask_phone(phone or "")


@register.filter
def mask_name(name: str | None) -> str:
    """张**."""
    return masks.mask_name(name or "")


@register.filter
def mask_identity_number(number: str | None) -> str:
    """440***********1234."""
    return masks.mask_identity_number(number or "")


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _in_shanghai(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(SHANGHAI)
    return value


def _as_day(value: date | datetime) -> date:
    local = _in_shanghai(value)
    return local.date() if isinstance(local, datetime) else local
