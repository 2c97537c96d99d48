"""One side, measured in its own process, printed as JSON: python -m tests.benchmarks.side ours 1000 60."""

import json
import sys
from dataclasses import asdict
from importlib import import_module

import django

from tests.benchmarks import measuring, serving


def main(name: str, products: int, budget: float) -> None:
    """Measures the side whose module has this name, with so many products on its pages."""
    django.setup()
    # Only now: it imports models, and which ones is for the settings to say.
    side: measuring.Side = import_module(f"tests.benchmarks.{name}").opened()
    steps = measuring.measure(side, products, budget)
    found = {"steps": steps, "load": serving.load(side)}
    shown = {kind: {name: asdict(each) for name, each in rows.items()} for kind, rows in found.items()}
    json.dump(shown, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
