"""Text on its ground, measured from the tokens that pages use (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS))
TEXT_GROUNDS = ["paper", "surface", "sunken", "green-wash", "red-wash", "gold-wash", "blue-wash"]


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", TEXT_GROUNDS)
@pytest.mark.parametrize("text", ["ink", "soft", "green-dark", "red", "red-dark", "gold-dark", "blue-dark"])
def test_text_reads_on_every_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("fill", ["green", "green-dark", "red"])
def test_white_reads_on_filled_buttons_and_counts(fill):
    assert contrast("surface", fill) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize("mark", ["edge", "green", "red", "gold", "blue"])
def test_borders_marks_and_focus_stand_out(mark, ground):
    assert contrast(mark, ground) >= 3
