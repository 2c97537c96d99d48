"""The suite again and again, to see that it is fast and never flaky: python -m tests.benchmarks.repeated 10.

Writes docs/benchmarks.md after each run, and goes on when one fails: how often it does is the question.
"""

import datetime as dt
import subprocess
import sys
import timeit
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.report import table, write_section

ROOT = Path(__file__).parents[2]
HEADS = ["run", "ended, UTC", "passed", "not passed", "took", "the machine's pace"]
GOAL_SECONDS = 600
ADDITIONS = 100_000_000
STALL_SECONDS = 20


@dataclass(frozen=True)
class Run:
    """One `make test`: how long each test took, and the names of those that failed or were skipped.

    `pace` is the machine's, before and after it in the mean (see `seconds_to_add`).
    """

    ended_at: dt.datetime
    seconds_of: Mapping[str, float]
    not_passed: list[str]
    seconds: float
    pace: float

    def row(self, number: int) -> list[str]:
        """Its line of the table."""
        failed = ", ".join(self.not_passed) or "0"
        took, pace = f"{self.seconds:,.0f} s", f"{self.pace:.2f} s"
        passed = len(self.seconds_of) - len(self.not_passed)
        return [str(number), f"{self.ended_at:%H:%M}", f"{passed:,}", failed, took, pace]


def seconds_to_add() -> float:
    """The machine's pace, which its other guests change: how long Python takes to add so often."""
    return timeit.timeit("total += 1", "total = 0", number=ADDITIONS)


def run_suite(report: Path) -> Run:
    """Runs it as everybody does, and reads its report."""
    report.unlink(missing_ok=True)
    before = seconds_to_add()
    begun = dt.datetime.now(dt.UTC)
    subprocess.run(["make", "test", f"ARGS=-q --junit-xml={report}"], cwd=ROOT, check=False)
    ended = dt.datetime.now(dt.UTC)
    cases = {f"{case.get('classname')}.{case.get('name')}": case for case in cases_in(report)}
    seconds_of = {name: float(case.get("time", 0)) for name, case in cases.items()}
    failed = [name for name, case in cases.items() if len(case)]
    pace = (before + seconds_to_add()) / 2
    return Run(ended, seconds_of, failed, (ended - begun).total_seconds(), pace)


def cases_in(report: Path) -> Iterator[ET.Element]:
    """The report's tests; those that failed or were skipped have a child that says so."""
    return ET.parse(report).iter("testcase")  # noqa: S314 -- our own report


def stalls(runs: list[Run]) -> list[str]:
    """Tests that once waited for something which did not come, though they passed: far over their median."""
    lasted = {
        name: [run.seconds_of[name] for run in runs if name in run.seconds_of] for name in runs[0].seconds_of
    }
    return [
        f"`{name}` {max(seconds):.0f} s instead of {median(seconds):.0f} s"
        for name, seconds in lasted.items()
        if max(seconds) > 2 * median(seconds) + STALL_SECONDS
    ]


def describe(runs: list[Run], commit: str) -> str:
    """The section on these runs of one commit."""
    clean = sum(not run.not_passed for run in runs)
    within = sum(run.seconds <= GOAL_SECONDS for run in runs)
    goal = f"{GOAL_SECONDS // 60} minutes"
    stalled = ", ".join(stalls(runs)) or "none"
    return f"""\
## The suite, {len(runs)} times in a row

`make test` on {commit}, one run after the other in one clone. {clean} of {len(runs)} passed whole; {within}
took at most {goal}, the goal. The machine's pace is how long {ADDITIONS:,} additions take in Python, before
and after a run in the mean: what else its hardware has to do changes it. Tests that once took
{STALL_SECONDS} seconds more than twice their median, and so waited for what did not come: {stalled}.

{table(HEADS, [run.row(number) for number, run in enumerate(runs, start=1)])}"""


def main(times: int) -> None:
    """So many runs; ends with an error if one of them did not pass whole."""
    commit = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True).strip()
    runs: list[Run] = []
    with TemporaryDirectory() as folder:
        for _each in range(times):
            runs.append(run_suite(Path(folder, "report.xml")))
            write_section("repeat", describe(runs, commit))
    if any(run.not_passed for run in runs):
        raise SystemExit("error: not every run passed whole; see docs/benchmarks.md")


if __name__ == "__main__":
    main(int(sys.argv[1]))
