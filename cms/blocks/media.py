"""Pictures and videos."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.text import TextBlock
from cms.players import allowed_sites, player_address


class Side(models.TextChoices):
    """Where a picture stands on a desk; on a phone it stands above the text."""

    LEFT = "left", _("left of the text")
    RIGHT = "right", _("right of the text")
    ABOVE = "above", _("above the text, wide")


class PictureTextBlock(blocks.StructBlock):
    """A picture, with text beside it where there is any."""

    picture = ImageChooserBlock(label=_("Picture"))
    side = blocks.ChoiceBlock(label=_("Where it stands"), choices=Side.choices, default=Side.LEFT)
    caption = blocks.CharBlock(label=_("Caption"), max_length=100, required=False)
    text = TextBlock(label=_("Text"), required=False)

    class Meta:
        label = _("Picture and text")
        icon = "image"
        template = "cms/blocks/picture_text.html"


class VideoBlock(blocks.StructBlock):
    """A video file of ours; nothing of it is loaded before somebody presses play."""

    video = SnippetChooserBlock("cms.Video", label=_("Video"))
    poster = ImageChooserBlock(label=_("Poster"), help_text=_("What is seen before the video plays."))
    caption = blocks.CharBlock(label=_("Caption"), max_length=100, required=False)

    class Meta:
        label = _("Video")
        icon = "media"
        template = "cms/blocks/video.html"


class PlayerBlock(URLBlock):
    """A video on another site, of those that the settings allow; of no other is anything shown."""

    def clean(self, value: str) -> str:
        """The address of a video that can be shown.

        Raises:
            ValidationError: it is on no site that the settings allow; names those.
        """
        url: str = super().clean(value)
        if not player_address(url):
            raise ValidationError(
                gettext("Paste the address of one video on: %(sites)s. Upload other videos as files.")
                % {"sites": gettext(", ").join(allowed_sites())}
            )
        return url

    def get_context(self, value: str, parent_context: Any = None) -> dict[str, Any]:
        """The block with the address of its player, "" if it is not allowed any more."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "player": player_address(value)}

    class Meta:
        label = _("Video on another site")
        icon = "media"
        template = "cms/blocks/player.html"


class AttachmentBlock(blocks.StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("File"))
    label = blocks.CharBlock(label=_("What it is"), max_length=100, required=False)

    class Meta:
        label = _("Attachment")
        icon = "doc-full"
        template = "cms/blocks/attachment.html"
