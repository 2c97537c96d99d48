"""Video files that pages play: MP4 or WebM by their content, 200 MB at most."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

if TYPE_CHECKING:
    from django.core.files import File

MEGABYTE = 1024 * 1024
MOST_BYTES = 200 * MEGABYTE
HEAD_BYTES = 64
# How a WebM begins (EBML), and what it calls itself in its first bytes; MKV begins alike.
EBML, WEBM = b"\x1a\x45\xdf\xa3", b"webm"
# An MP4 has it from its fifth byte on. So has QuickTime, which calls itself "qt  " and which browsers refuse.
FTYP, QUICKTIME = b"ftyp", b"qt  "
MEDIA_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


def validate_video(file: File[bytes]) -> None:
    """Goes on with a video that browsers play.

    Raises:
        ValidationError: too large, or no MP4 or WebM by its first bytes; says what to do.
    """
    if file.size > MOST_BYTES:
        megabytes = -(-file.size // MEGABYTE)
        raise ValidationError(
            _("The video has %(size)s MB; 200 MB is the most. Export it again at 720p, or cut it shorter.")
            % {"size": f"{megabytes:,}"},
            code="too_large",
        )
    if not video_type(file) or media_type_of(str(file.name)) != video_type(file):
        raise ValidationError(
            _("This is no .mp4 or .webm video. Export it as MP4 (H.264) and upload that file."),
            code="wrong_type",
        )


def video_type(file: File[bytes]) -> str:
    """The media type by the file's first bytes; "" if it is neither MP4 nor WebM."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if head[4:8] == FTYP and head[8:12] != QUICKTIME:
        return "video/mp4"
    return "video/webm" if head.startswith(EBML) and WEBM in head else ""


def media_type_of(name: str) -> str:
    """The media type that a web server tells by the file's name; "" if it is neither .mp4 nor .webm."""
    return MEDIA_TYPES.get(PurePath(name).suffix.lower(), "")


class Video(models.Model):
    """A video file, uploaded once and played on any number of pages."""

    title = models.CharField(gettext_lazy("title"), max_length=100)
    file = models.FileField(
        gettext_lazy("file"),
        upload_to="videos/%Y/%m",
        validators=[validate_video],
        help_text=gettext_lazy("MP4 or WebM, 200 MB at most; 720p is enough."),
    )
    uploaded_at = models.DateTimeField(gettext_lazy("uploaded at"), auto_now_add=True)

    panels = [FieldPanel("title"), FieldPanel("file")]

    class Meta:
        verbose_name = gettext_lazy("video")
        verbose_name_plural = gettext_lazy("videos")

    def __str__(self) -> str:
        return self.title

    @property
    def media_type(self) -> str:
        """What a browser is told of the file; its name is true, for its content was judged with it."""
        return media_type_of(str(self.file.name))
