"""`manage.py county_report --region 445224 --from 2020-01-01 --to 2020-02-01 --format json`."""

import datetime as dt
import io
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.periods import EmptyWindow, Window
from marketplace.county_figures import exports, queries, report


class Command(BaseCommand):
    """Prints a region's sales figures: one row per region one level below, zeros included."""

    help = "Sales figures of a region, one row per region one level below; the day --to is not included."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, help="region code of 6, 9 or 12 digits")
        parser.add_argument("--from", required=True, dest="start", help="first day, YYYY-MM-DD")
        parser.add_argument("--to", required=True, dest="end", help="day after the last one, YYYY-MM-DD")
        parser.add_argument("--format", choices=["json", "csv"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        window = _window(options["start"], options["end"])
        try:
            region = queries.region_of_code(options["region"])
        except queries.UnusableRegionCodeError as error:
            raise CommandError(str(error)) from error
        figures = queries.figures(region=region, window=window)
        if options["format"] == "json":
            self.stdout.write(report.as_json(figures))
        else:
            file = io.BytesIO()
            exports.write_csv(file, header=report.COLUMNS, rows=report.table(figures))
            written = file.getvalue().decode("utf-8-sig")
            self.stdout.write(written.replace("\r\n", "\n"), ending="")


def _window(start: str, end: str) -> Window:
    first, last = _day("--from", start), _day("--to", end)
    try:
        return Window(first, last)
    except EmptyWindow as error:
        raise CommandError(
            f"--from {first} must be before --to {last}: the day --to is not included."
        ) from error


def _day(option: str, text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        raise CommandError(
            f"{option} {text!r} is no day: write it as YYYY-MM-DD, such as 2020-03-01."
        ) from None
