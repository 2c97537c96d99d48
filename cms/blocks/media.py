"""Pictures and videos."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.text import TextBlock


class Side(models.TextChoices):
    """Where a picture stands on a desk; on a phone it stands above the text."""

    LEFT = "left", _("left of the text")
    RIGHT = "right", _("right of the text")
    ABOVE = "above", _("above the text, wide")


class PictureTextBlock(blocks.StructBlock):
    """A picture, with text beside it where there is any."""

    picture = ImageChooserBlock(label=_("Picture"))
    side = blocks.ChoiceBlock(label=_("Place"), choices=Side.choices, default=Side.LEFT)
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


class PlayerBlock(EmbedBlock):
    """A video on another site, of those that the settings allow."""

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
