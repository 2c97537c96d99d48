"""A long journal is read and a month of a big province is verified, each in a database of its own."""

import sys
from uuid import uuid4

from tests import databases
from tests.benchmarks.figures import lines, month, reading
from tests.benchmarks.report import write_section

INTRODUCTION = """\
## Figures over a long journal

In databases that are thrown away afterwards. The journal: {rows:,} rows of one year, 10 to an event, from
{villages:,} villages, three in each county, with the roll-ups that the database adds up from them. With
Django: the median of {runs} runs in one process. No plan of a figure may read the journal: the command fails
if one does.
"""
PAGES = """\
The order lines behind the figures are read from that journal itself, where each order line has three entries
on three days: pages of fifty with the figure above them, the first of the window and one near its first day.
The command fails if a page reads more than {most:,} rows of the journal. The plans are those of the first and
the last "first" page, without the partitions in which nothing was found.
"""
VERIFYING = """\
The month: {rows:,} rows of the journal with the {lines:,} order lines that they come from, each ordered,
shipped, accepted and paid, copied from one purchase that the services made. `verify_sales --month` recomputes
roll-ups, events and order lines; so does the full run, with the same months on both sides.
"""


def main(rows: int, month_rows: int) -> None:
    """Measures both and writes the section."""
    run = uuid4().hex
    with databases.under_way(run):
        country = databases.ensure_country_template()
        with databases.private_copy(country, databases.name_of(country, run, "reading")):
            read = reading.measured(rows)
            pages = lines.measured()
        template = databases.ensure_template()
        with databases.private_copy(template, databases.name_of(template, run, "month")):
            verified = month.measured(month_rows)
    begin = INTRODUCTION.format(rows=read.rows, villages=read.villages, runs=reading.RUNS)
    middle = VERIFYING.format(rows=verified.rows, lines=verified.lines)
    shown = "\n\n".join(
        [read.table(), read.plans(), PAGES.format(most=lines.MOST_ROWS), pages.table(), pages.plans()]
    )
    body = f"{begin}\n{shown}\n\n{middle}\n{verified.table()}"
    write_section("bench-figures", body)
    sys.stdout.write(f"{body}\n")
