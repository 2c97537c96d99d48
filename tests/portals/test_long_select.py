"""A long choice looks as Django's own does."""

from typing import Any

import pytest
from django import forms
from django.test.html import parse_html

from marketplace.portals.long_select import LongSelect

CHOICES = [("", "全部"), ("1", "<b>&"), ("2", "蔬菜")]


@pytest.mark.parametrize("value", ["", "2", None])
def test_it_says_what_djangos_select_says(value: Any) -> None:
    controls = [kind(attrs={"class": "x"}, choices=CHOICES) for kind in (LongSelect, forms.Select)]
    ours, theirs = (each.render("category", value, {"id": "id_category"}) for each in controls)
    assert parse_html(ours) == parse_html(theirs)
