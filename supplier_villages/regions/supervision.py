"""Listed supervision (挂牌督战), imported from a CSV file."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from marketplace.core.tabular import Column, Row, RowError, TableError, choice, day, digits, read_table
from supplier_villages.regions.models import ListedSupervision
from supplier_villages.regions.row_checks import region_errors
from supplier_villages.regions.windows import Window, exclusive_end, share_a_day, window_errors

# The circular's list is that of 2020; rows without dates of their own count for that year.
YEAR_OF_THE_LIST = (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
YES_OR_NO = {"yes": True, "no": False, "是": True, "否": False}

# Headings of a file made for this, and those by which the samples call the same.
COLUMNS = (
    Column(name="region_code", aliases=("code12", "helped_region_code"), parse=digits(6, 9, 12)),
    Column(name="region_name", aliases=("village_name", "helped_name"), is_optional=True, may_be_empty=True),
    Column(
        name="listed_supervision",
        aliases=("listed_supervision_2020",),
        parse=choice(YES_OR_NO),
        may_be_empty=True,
    ),
    # Not valid_from and valid_to: in a file of pairs those are the pair's.
    Column(name="supervised_from", parse=day, is_optional=True, may_be_empty=True),
    Column(name="supervised_to", parse=day, is_optional=True, may_be_empty=True),
)


@transaction.atomic
def import_supervision(*, path: Path) -> int:
    """How many regions the file puts on the list; a row that says no, or nothing, changes nothing.

    Raises:
        TableError: a mistake in the file; nothing is written then.
    """
    rows = read_table(path, COLUMNS)
    errors = region_errors(rows, [("region_code", "region_name")])
    errors += [error for row in rows for error in window_errors(row, "supervised_from", "supervised_to")]
    listed = [row for row in rows if row["listed_supervision"]]
    errors = errors or list(_overlap_errors(listed, path.name))
    if errors:
        raise TableError(path.name, sorted(errors, key=lambda error: error.row or 0))
    ListedSupervision.objects.bulk_create(
        [_supervision(row, path.name) for row in listed],
        update_conflicts=True,
        unique_fields=["region", "valid_from"],
        update_fields=["valid_to", "source"],
    )
    return len(listed)


def _supervision(row: Row, file: str) -> ListedSupervision:
    first, last = row["supervised_from"], row["supervised_to"]
    if first is None:
        first, last = YEAR_OF_THE_LIST
    return ListedSupervision(
        region_id=row["region_code"], valid_from=first, valid_to=exclusive_end(last), source=file[:200]
    )


def _overlap_errors(listed: Sequence[Row], file: str) -> Iterator[RowError]:
    """A mistake for every row whose region stands on the list already on one of its days."""
    rows = [(row, _supervision(row, file)) for row in listed]
    standing = _standing_windows([supervision for _, supervision in rows])
    for row, supervision in rows:
        window = (supervision.valid_from, supervision.valid_to)
        if any(share_a_day(window, other) for other in standing[supervision.region_id]):
            yield row.error(
                "region_code",
                gettext("%(code)s is on the list already on some of these days.")
                % {"code": supervision.region_id},
                gettext("Delete the row, or let one time end before the other begins."),
            )
        standing[supervision.region_id].append(window)


def _standing_windows(coming: Sequence[ListedSupervision]) -> dict[str, list[Window]]:
    """The windows in the database, by region, that the coming rows will not overwrite."""
    overwritten = {(each.region_id, each.valid_from) for each in coming}
    standing: dict[str, list[Window]] = defaultdict(list)
    for each in ListedSupervision.objects.filter(region__in={code for code, _ in overwritten}):
        if (each.region_id, each.valid_from) not in overwritten:
            standing[each.region_id].append((each.valid_from, each.valid_to))
    return standing
