"""The demo's files, and who may load it."""

import pytest
from django.test import override_settings

from marketplace.demo import loading, pictures, rows
from marketplace.demo.year import RECENT

ON_THE_WAY = {"contracted", "confirmed", "part_shipped", "shipped", "part_accepted"}


def test_the_files_hold_what_their_provenance_says() -> None:
    assert len(rows.specialties()) == 230
    assert len({row.county_code for row in rows.specialties()}) == 94
    assert sum(len(codes) for codes in rows.villages_by_county().values()) == 120
    assert len(rows.institutions()) == 40


def test_a_supervising_unit_comes_before_those_it_supervises() -> None:
    seen: set[str] = set()
    for row in rows.institutions():
        assert not row.parent_uscc or row.parent_uscc in seen
        seen.add(row.uscc)


def test_every_picture_that_a_word_names_is_there() -> None:
    assert {
        name for name in pictures.WORDS.values() if not (pictures.PICTURES / f"{name}.webp").exists()
    } == set()


@override_settings(DEMO_ALLOWED=False)
def test_production_settings_refuse_the_demo() -> None:
    with pytest.raises(loading.DemoRefused):
        loading.require_possible()


def test_the_newest_purchases_show_every_state_on_the_way() -> None:
    assert set(RECENT) == {"pending", "accepted", *ON_THE_WAY}
