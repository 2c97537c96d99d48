"""Paired assistance (对口帮扶), imported from a CSV file."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from marketplace.core.tabular import Column, Row, RowError, TableError, choice, day, digits, read_table, text
from supplier_villages.regions.codes import level_of
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import AssistanceKind, Confidence, PairedAssistance
from supplier_villages.regions.row_checks import region_errors
from supplier_villages.regions.windows import exclusive_end, share_a_day, window_errors

KINDS = {
    "东西部扶贫协作": AssistanceKind.EAST_WEST,
    "对口帮扶": AssistanceKind.PAIRED,
    "定点扶贫": AssistanceKind.DESIGNATED,
}
COLUMNS = (
    Column(name="helper_region_code", parse=digits(6)),
    Column(name="helper_name", is_optional=True, may_be_empty=True),
    Column(name="helped_region_code", parse=digits(6)),
    Column(name="helped_name", is_optional=True, may_be_empty=True),
    Column(name="kind", parse=choice(KINDS)),
    Column(name="level", parse=choice({"county": Level.COUNTY, "prefecture": Level.PREFECTURE})),
    Column(name="valid_from", parse=day),
    Column(name="valid_to", parse=day, may_be_empty=True),  # the last day; the table keeps the day after
    Column(name="source", parse=text(200), is_optional=True, may_be_empty=True),
    Column(name="confidence", parse=choice({each.value: each for each in Confidence})),
    Column(name="note", is_optional=True, may_be_empty=True),
)


@transaction.atomic
def import_pairs(*, path: Path) -> int:
    """How many pairs the file holds, all of them in force now; a pair that stood already is overwritten.

    Raises:
        TableError: a mistake in the file; nothing is written then.
    """
    rows = read_table(path, COLUMNS)
    names = [("helper_region_code", "helper_name"), ("helped_region_code", "helped_name")]
    errors = [*region_errors(rows, names), *(error for row in rows for error in _row_errors(row))]
    errors = errors or list(_overlap_errors(rows))
    if errors:
        raise TableError(path.name, sorted(errors, key=lambda error: error.row or 0))
    PairedAssistance.objects.bulk_create(
        [_pair(row) for row in rows],
        update_conflicts=True,
        unique_fields=["helper", "helped", "kind", "valid_from"],
        update_fields=["level", "valid_to", "source", "confidence", "note"],
    )
    return len(rows)


def _pair(row: Row) -> PairedAssistance:
    return PairedAssistance(
        helper_id=row["helper_region_code"],
        helped_id=row["helped_region_code"],
        kind=row["kind"],
        level=row["level"],
        valid_from=row["valid_from"],
        valid_to=exclusive_end(row["valid_to"]),
        source=row["source"] or "",
        confidence=row["confidence"],
        note=row["note"] or "",
    )


def _row_errors(row: Row) -> Iterator[RowError]:
    helped = row["helped_region_code"]
    if row["helper_region_code"] == helped:
        yield row.error(
            "helped_region_code",
            gettext("A region cannot help itself."),
            gettext("Correct one of the two codes."),
        )
    if level_of(helped) != row["level"]:
        yield row.error(
            "level",
            gettext("The digits of %(code)s mean “%(level)s”.")
            % {"code": helped, "level": level_of(helped).label},
            gettext("Correct the level or the code."),
        )
    yield from window_errors(row, "valid_from", "valid_to")


def _overlap_errors(rows: Sequence[Row]) -> Iterator[RowError]:
    """A mistake for every row whose days another pair of the same helped region holds already."""
    standing = _standing_pairs(rows)
    for row in rows:
        pair = _pair(row)
        others = standing[pair.helped_id, pair.kind]
        rival = next((other for other in others if _collide(pair, other)), None)
        if rival is not None:
            yield row.error(
                "valid_from",
                gettext("%(helped)s is already helped by %(helper)s from %(day)s.")
                % {"helped": rival.helped_id, "helper": rival.helper_id, "day": rival.valid_from},
                gettext("Let one pair end before the other begins."),
            )
        others.append(pair)


def _standing_pairs(rows: Sequence[Row]) -> dict[tuple[str, str], list[PairedAssistance]]:
    """The pairs in the database, by helped region and kind, that the rows will not overwrite."""
    overwritten = {_key(_pair(row)) for row in rows}
    standing: dict[tuple[str, str], list[PairedAssistance]] = defaultdict(list)
    for pair in PairedAssistance.objects.filter(helped__in={row["helped_region_code"] for row in rows}):
        if _key(pair) not in overwritten:
            standing[pair.helped_id, pair.kind].append(pair)
    return standing


def _key(pair: PairedAssistance) -> tuple[str, str, str, dt.date]:
    return pair.helper_id, pair.helped_id, pair.kind, pair.valid_from


def _collide(pair: PairedAssistance, other: PairedAssistance) -> bool:
    """Whether the database would refuse the two: a county has one helper at a time, a prefecture several."""
    if pair.level != Level.COUNTY and pair.helper_id != other.helper_id:
        return False
    return share_a_day((pair.valid_from, pair.valid_to), (other.valid_from, other.valid_to))
