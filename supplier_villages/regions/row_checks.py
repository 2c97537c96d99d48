"""Region codes in imported rows: do they exist, are they in force, is it the place that the row names?"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from marketplace.core.tabular import Row, RowError
from supplier_villages.regions.models import Region, RegionSuccession

CODE_AND_NAME = tuple[str, str]


def region_errors(rows: Sequence[Row], columns: Iterable[CODE_AND_NAME]) -> list[RowError]:
    """A mistake for every code that no region carries today, or another than the row names.

    `columns` are pairs of the code's column and the name's; a row without a name is not compared.
    Two queries, however many rows.
    """
    pairs = list(columns)
    codes = {row[code] for row in rows for code, _ in pairs}
    names = dict(Region.objects.filter(pk__in=codes, valid_to__isnull=True).values_list("code", "name"))
    successors = {
        each.old_code: each.new
        for each in RegionSuccession.objects.filter(old_code__in=codes).select_related("new")
    }
    return [
        error
        for row in rows
        for code, name in pairs
        if (error := _error(row, code, name, names, successors)) is not None
    ]


def _error(
    row: Row, column: str, name_column: str, names: dict[str, str], successors: dict[str, Region]
) -> RowError | None:
    code, name = row[column], row[name_column]
    if code in successors:
        return _superseded(row, column, successors[code])
    if code not in names:
        return row.error(
            column,
            gettext("There is no region %(code)s.") % {"code": code},
            gettext("Correct the code; the region picker shows those in force."),
        )
    if name is not None and name != names[code]:
        return row.error(
            name_column,
            gettext("%(code)s is %(known)s, not %(name)s.")
            % {"code": code, "known": names[code], "name": name},
            gettext("Correct the code or the name."),
        )
    return None


def _superseded(row: Row, column: str, successor: Region) -> RowError:
    return row.error(
        column,
        gettext("The code %(code)s is no longer in force.") % {"code": row[column]},
        gettext("Use its successor %(successor)s.") % {"successor": f"{successor.code} {successor.name}"},
    )
