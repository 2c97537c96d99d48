"""All of it, on a database of its own; ends with an error at the first thing that is not sound."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from uuid import uuid4

import django
from django.utils import timezone

from tests import databases
from tests.benchmarks.report import table, write_section
from tests.soak.histories import try_histories
from tests.soak.last_units import BUYERS, rush
from tests.soak.one_key import AT_ONCE, send_keys

MOST_ACTS = 12
HEADS = ["what", "times", "of which", "violations", "took"]
INTRODUCTION = f"""\
## Races and histories, often

In a rush {BUYERS} buyers want the last seven units of three products, 1 to 5 each, through the whole way
from request to order, while others cancel and withdraw, prices are edited and stock is counted: nothing
may be oversold at any moment, nothing that is wanted may be left over, no transaction may break down.
Each key is sent {AT_ONCE} times at once, and what it made is approved {AT_ONCE} times at once: one
request, one purchase, one answer. A history has up to {MOST_ACTS} acts (buy, cancel, ship, accept, not
accept, return, pay, pay back, confirm either, edit a price, count stock, merge two counties); then figures,
journal, orders, stock, money and a reckoning by hand agree to the fen. Any violation ends the command.
"""


class Violation(Exception):
    """Something happened that must not."""


def main(rushes: int, keys: int, histories: int) -> None:
    """Runs all of it and writes the section.

    Raises:
        Violation, AssertionError: says what was not sound.
    """
    run, template = uuid4().hex, databases.ensure_template()
    with databases.under_way(run):
        name = databases.name_of(template, run, "soak")
        rows = []
        for work in (
            lambda: run_rushes(rushes),
            lambda: run_keys(keys),
            lambda: run_histories(histories, template, name),
        ):
            with databases.private_copy(template, name):
                rows.append(timed(work))
            sys.stdout.write(f"{' | '.join(rows[-1])}\n")
            sys.stdout.flush()
    write_section("soak", f"{INTRODUCTION}\n{table(HEADS, rows)}")


def timed(work: Callable[[], list[str]]) -> list[str]:
    """The row that the work gives, with how long it took."""
    begun = time.monotonic()
    row = work()
    return [*row, f"{time.monotonic() - begun:,.0f} s"]


def run_rushes(number: int) -> list[str]:
    """So many rushes, each of its own seed."""
    served = 0
    for seed in range(number):
        found = rush(seed)
        if not found.is_sound:
            raise Violation(f"rush {seed}: {found}")
        served += found.buyers_served
    return ["rush for the last units", f"{number:,}", f"{served:,} of {number * BUYERS:,} buyers served", "0"]


def run_keys(number: int) -> list[str]:
    """So many keys."""
    found = send_keys(number, timezone.now())
    if not found.is_sound:
        raise Violation(f"keys: {found}")
    made = f"{found.requests:,} requests, {found.purchases:,} purchases"
    return [f"key sent and approved {AT_ONCE} times at once", f"{number:,}", made, "0"]


def run_histories(number: int, template: str, name: str) -> list[str]:
    """So many histories, shared out among the cores, each with a database of its own."""
    cores = os.cpu_count() or 1
    shares = [number // cores + (core < number % cores) for core in range(cores)]
    names = [f"{name}{core}" for core in range(cores)]
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=django.setup) as processes:
        acts = sum(processes.map(partial(share, template), names, shares), Counter[str]())
    often = ", ".join(f"{times:,} {name.replace('_', ' ')}" for name, times in sorted(acts.items()))
    return ["history", f"{number:,}", f"{acts.total():,} acts: {often}", "0"]


def share(template: str, name: str, number: int) -> Counter[str]:
    """How often each act was done in so many histories on a copy of this name."""
    with databases.private_copy(template, name):
        return try_histories(number, MOST_ACTS)
