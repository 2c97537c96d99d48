"""A choice among hundreds: all categories, all counties."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = mark_safe(" selected")


class LongSelect(forms.Select):
    """A select whose options are written in one go; Django renders a template for each of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The control as Django would render it, but for white space; without groups of options."""
        chosen = self.format_value(value)
        options = ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        attributes = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html(
            "<select{}>{}</select>",
            attributes,
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )
