"""Counties as editors write them: a line each, as a circular lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

MOST = 400
SHOWN_AT_MOST = 4
SEPARATORS = "、，,；;\t"
WITH_CITY = "parent__parent"


class UnknownCounties(ValueError):
    """Lines that name no county, or more than one; each problem names the line and what to write instead."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


def counties_in(text: str, today: date) -> list[Region]:
    """The counties and cities that the text names, each once, in its order; one query.

    A line or a part between commas is a name (揭东区), a name behind its city's (广州市 白云区) or a code.

    Raises:
        UnknownCounties: names every part that is none, or is the name of several.
    """
    wanted = list(dict.fromkeys(parts_of(text)))[: MOST + 1]
    names = {part.split()[-1] for part in wanted}
    rows = (
        Region.objects.valid_on(today)
        .filter(Q(name__in=names) | Q(code__in=names), level__in=(Level.PREFECTURE, Level.COUNTY))
        .select_related(WITH_CITY)
        .top_down()
    )
    found = {part: _matching(part, rows) for part in wanted}
    problems = [_problem(part, regions) for part, regions in found.items() if len(regions) != 1]
    if len(wanted) > MOST:
        problems.append(_("At most %(number)d counties can take part.") % {"number": MOST})
    if problems:
        raise UnknownCounties(problems)
    return list({regions[0].pk: regions[0] for regions in found.values()}.values())


def text_of(counties: Iterable[Region]) -> str:
    """The counties as `counties_in` reads them: each behind its city's name, for names repeat."""
    return "\n".join(label_of(each) for each in counties)


def label_of(region: Region) -> str:
    """广州市 白云区; the name alone for a city."""
    above = region.parent
    is_county = region.level == Level.COUNTY and above is not None
    return f"{above.name} {region.name}" if is_county and above is not None else region.name


def parts_of(text: str) -> list[str]:
    """What is written in the lines, and between commas."""
    lines = text.replace("\0", "").translate(dict.fromkeys(map(ord, SEPARATORS), "\n")).splitlines()
    return [part for line in lines if (part := " ".join(line.split()))]


def _matching(part: str, regions: Iterable[Region]) -> list[Region]:
    *above, name = part.split()
    return [each for each in regions if name in (each.name, each.code) and _lies_in(each, above)]


def _lies_in(region: Region, names: Sequence[str]) -> bool:
    around = {each.name for each in region.above}
    return around.issuperset(names)


def _problem(part: str, regions: Sequence[Region]) -> str:
    if not regions:
        return _("“%(text)s” is no county or city. Write the full name, or the code.") % {"text": part[:40]}
    each = _(", ").join(f"{label_of(region)} {region.code}" for region in regions[:SHOWN_AT_MOST])
    return _("There are several “%(text)s”: %(counties)s. Write the city before it, or the code.") % {
        "text": part,
        "counties": each,
    }
