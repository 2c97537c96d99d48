"""Text: paragraphs with few features, quotes, steps."""

from __future__ import annotations

from typing import Any

import nh3
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import RichTextBlock
from wagtail.rich_text import RichText

FEATURES = ("h2", "h3", "bold", "ul", "ol", "link", "document-link")
# What these features are in the database; `data-block-key` is where a comment stands.
TAGS = {"p", "h2", "h3", "b", "strong", "br", "ul", "ol", "li", "a"}
ATTRIBUTES = {tag: {"data-block-key"} for tag in ("p", "h2", "h3", "li")}
LINK_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def clean_rich_text(html: str) -> str:
    """The same text with the tags of our features only: no script, style, handler, frame or other link."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES | LINK_ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )


class TextBlock(RichTextBlock):
    """Paragraphs, headings, lists and links; cleaned when it is typed and again whenever it is read."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(FEATURES))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> RichText:
        """What is in the database, cleaned: it may come from elsewhere than the editor."""
        return self.normalize(value)

    def value_from_form(self, value: Any) -> RichText:
        """What was typed or pasted, cleaned."""
        return self.normalize(value)

    def normalize(self, value: Any) -> RichText:
        """Rich text of the cleaned source."""
        source = value.source if isinstance(value, RichText) else value
        return RichText(clean_rich_text(str(source or "")))

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "cms/blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("What was said"), max_length=300, rows=3)
    source = blocks.CharBlock(label=_("Who said it"), max_length=60, required=False)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(label=_("What to do"), max_length=40)
    text = blocks.TextBlock(label=_("How"), max_length=300, rows=2, required=False)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class StepsBlock(blocks.StructBlock):
    """What to do, one after the other."""

    title = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "cms/blocks/steps.html"
