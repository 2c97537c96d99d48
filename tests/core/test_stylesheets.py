"""What a first visit loads."""

from pathlib import Path

CSS = Path(__file__).parents[2] / "static/css"
SHOP = [
    "tokens.css",
    "base.css",
    "components/controls.css",
    "components/content.css",
    "components/navigation.css",
    "pages/shop.css",
]


def test_the_shops_stylesheets_stay_small():
    assert sum((CSS / name).stat().st_size for name in SHOP) <= 40_000
