"""Icons: what the tag writes, and that the sprite has what the templates ask for."""

import re
from pathlib import Path

from marketplace.core.templatetags.icons import icon

ROOT = Path(__file__).parents[2]


def test_an_icon_beside_words_is_hidden_from_screen_readers():
    assert (
        icon("truck")
        == '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#truck"/></svg>'
    )


def test_an_icon_alone_has_a_title_that_cannot_break_out():
    assert "<title>&lt;b&gt;</title>" in icon("x", title="<b>", size="small")


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text())
    }
    assert named - drawn == set()
