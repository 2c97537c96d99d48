"""What a template cannot say: a control's attributes, addresses, the numbers of a list's pages."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import RequestContext
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField, **attributes: str | bool | None) -> SafeString:
    """The widget with extra attributes: empty ones are left out, underscores become hyphens.

    Django adds id, required, aria-invalid and aria-describedby itself.
    """
    given = {
        name.replace("_", "-"): value for name, value in attributes.items() if value not in ("", None, False)
    }
    return field.as_widget(attrs=given)


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers to offer around a page, None where some are left out."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]


@register.simple_tag(takes_context=True)
def page_url(context: RequestContext, number: int, parameter: str = "") -> str:
    """The query string of this address with another page number."""
    query = context.request.GET.copy()
    query[parameter or "page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def absolute_url(context: RequestContext, address: str) -> str:
    """The address with scheme and host, as what leaves the site needs it; a whole one stays."""
    return context.request.build_absolute_uri(address)
