"""What both sides measure alike: steps of a round, their queries once, then their times."""

import math
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.load import Visit

LINES = (1, 20, 200, 2000)
IN_THE_BASKET = 21
QUANTITY = 3
SELLERS, CATEGORIES = 10, 1_000
PRICE, IN_STOCK = "10.00", 1_000_000
RUNS = 5
# Placed one after the other while the side is under load, and of so many lines each.
ORDERS, ORDER_LINES = 150, 20

Step = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True)
class Measured:
    """A step's number of queries and the median of its times in milliseconds, of so many runs."""

    queries: int
    ms: float
    runs: int


class Side(Protocol):
    """A shop that can be measured."""

    def stock_up(self, products: int) -> None:
        """Has so many products on sale, with fresh statistics."""

    def fill_basket(self, lines: int) -> None:
        """Leaves so many lines in the basket of the person who looks at the pages."""

    def look(self, step: Step) -> None:
        """The pages, as a stranger and as somebody with lines in the basket."""

    def buy(self, lines: int, step: Step) -> None:
        """So many lines put into an empty basket, looked at and placed."""

    served_by: str

    def visits(self) -> dict[str, list[Visit]]:
        """What visitors do with the side when it is served by the settings of this name."""


def measure(side: Side, products: int, budget: float) -> dict[str, Measured]:
    """Each step measured; the steps of buying carry the number of lines: "place 200".

    Numbers of lines of which a round is expected to take longer than the budget in seconds are left out.
    """
    side.stock_up(products)
    side.fill_basket(IN_THE_BASKET)
    side.look(ignoring)
    found = rounds(side.look, budget)
    side.stock_up(max(products, *LINES))
    side.buy(1, ignoring)
    seconds: dict[int, float] = {}
    for lines in LINES:
        if expected(seconds, lines) > budget:
            break
        steps = rounds(lambda step, lines=lines: side.buy(lines, step), budget)  # type: ignore[misc]
        found |= {f"{name} {lines}": each for name, each in steps.items()}
        seconds[lines] = sum(each.ms for each in steps.values()) / 1000
        sys.stderr.write(f"{lines} lines: {seconds[lines]:.2f} s a round\n")
    return found


def expected(seconds: dict[int, float], lines: int) -> float:
    """The seconds of a round of so many lines, if it grows as those before it did."""
    if len(seconds) < 2:
        return 0.0
    (few, short), (many, long) = list(seconds.items())[-2:]
    power = max(1.0, math.log(long / short) / math.log(many / few))
    return long * math.pow(lines / many, power)


def rounds(play: Callable[[Step], None], budget: float) -> dict[str, Measured]:
    """A round played once for its queries, then for its times, at least once and within the budget."""
    queries: dict[str, int] = {}
    times: dict[str, list[float]] = {}
    begun = time.monotonic()
    play(counting(queries))
    for _run in range(RUNS):
        play(timing(times))
        if time.monotonic() - begun > budget:
            break
    return {name: Measured(queries[name], median(each), len(each)) for name, each in times.items()}


def ignoring(_name: str) -> AbstractContextManager[None]:
    """A step of a round that only warms up."""
    return nullcontext()


def counting(queries: dict[str, int]) -> Step:
    """Steps that leave their number of queries; savepoints, BEGIN and COMMIT are among them."""

    @contextmanager
    def step(name: str) -> Iterator[None]:
        connection.queries_log = deque()  # Django's own holds the last 9,000 only
        with CaptureQueriesContext(connection) as captured:
            yield
        queries[name] = len(captured)

    return step


def timing(times: dict[str, list[float]]) -> Step:
    """Steps that leave how long they took, in milliseconds."""

    @contextmanager
    def step(name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)

    return step
