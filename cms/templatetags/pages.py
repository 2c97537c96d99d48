"""Ways from goods to pages."""

from django import template

from cms import links

register = template.Library()


@register.simple_tag
def village_story(village_code: str) -> str:
    """The address of the village's story, "" if nobody has told it."""
    return links.story_url(village_code) if village_code else ""
