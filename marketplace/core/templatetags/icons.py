"""The icons of static/img/icons.svg, and the drawings that stand in for photos."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


# A page has a hundred icons, of a few kinds; each static address costs a look at all installed apps.
@register.simple_tag
@cache
def icon(name: str, *, title: str = "", size: str = "") -> SafeString:
    """An icon from the sprite, hidden from screen readers unless it has a title.

    `size` is "" (1.25 em), "small", "large" or "huge".
    """
    css = f"icon icon-{size}" if size else "icon"
    sprite = static("img/icons.svg")
    if title:
        return format_html(
            '<svg class="{}" role="img"><title>{}</title><use href="{}#{}"/></svg>', css, title, sprite, name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sprite, name)


@register.simple_tag
@cache
def drawing(category: str | None) -> str:
    """The address of a category's drawing; that of goods without a category for None."""
    return static(f"img/categories/{category or 'other'}.svg")
