"""Load on a served site, from a process of its own: python -m tests.benchmarks.load 8123 5, visits as JSON.

Some visitors at once, each with a connection of its own, each asking again as soon as it has been answered.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from itertools import cycle
from statistics import quantiles
from threading import Lock

VISITORS = 8
WARMING_UP = 4


@dataclass(frozen=True)
class Visit:
    """A request and what answers it: a page, or (303, 302) the way on after something was done.

    `cookie` is the visitor's; what is posted goes once, what is looked at again and again.
    """

    path: str
    cookie: str = ""
    body: str = ""

    @property
    def expected(self) -> int:
        """The status of the answer."""
        return 302 if self.body else 200


@dataclass(frozen=True)
class Loaded:
    """Requests answered in a second, and the time in milliseconds within which 95 of 100 were."""

    per_second: float
    p95_ms: float


def load(port: int, visits: list[Visit], seconds: float) -> Loaded:
    """What the site on this port can stand, for so many seconds or until all that is posted has been."""
    posted = any(visit.body for visit in visits)
    if not posted:
        visitor(port, iter(visits * WARMING_UP), float("inf"))
    waiting = Shared(visits if posted else cycle(visits))
    begun = time.monotonic()
    with ThreadPoolExecutor(VISITORS) as pool:
        jobs = [pool.submit(visitor, port, waiting, begun + seconds) for _number in range(VISITORS)]
        times = [each for job in jobs for each in job.result()]
    return Loaded(len(times) / (time.monotonic() - begun), quantiles(times, n=20)[-1] * 1000)


class Shared(Iterator[Visit]):
    """Visits that several threads take from, none twice."""

    def __init__(self, visits: Iterable[Visit]) -> None:
        self._visits, self._lock = iter(visits), Lock()

    def __next__(self) -> Visit:
        with self._lock:
            return next(self._visits)


def visitor(port: int, visits: Iterator[Visit], end: float) -> list[float]:
    """The seconds that each answer took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for visit in visits:
        begun = time.monotonic()
        ask(connection, visit)
        times.append(time.monotonic() - begun)
        if time.monotonic() > end:
            break
    connection.close()
    return times


def ask(connection: HTTPConnection, visit: Visit) -> None:
    """One visit.

    Raises:
        AssertionError: another status than the one that was expected.
    """
    headers = {"Cookie": visit.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST" if visit.body else "GET", visit.path, visit.body or None, headers)
    with connection.getresponse() as answer:
        answer.read()
        assert answer.status == visit.expected, f"{visit.path}: {answer.status}"


if __name__ == "__main__":
    asked = [Visit(**each) for each in json.load(sys.stdin)]
    json.dump(asdict(load(int(sys.argv[1]), asked, float(sys.argv[2]))), sys.stdout)
