"""The demo's video: how to take part in a campaign, without a sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File

from cms.models import Video
from marketplace.demo.pages import drawing

VIDEOS = Path(__file__).parent.parent / "videos"
FILE = "how-to-take-part"


def how_to_take_part(title: str, caption: str) -> tuple[str, dict[str, Any]]:
    """A block that plays the video; kept under its title from the first call on."""
    poster = drawing.stored(title, f"{FILE}.webp", (VIDEOS / f"{FILE}.webp").read_bytes)
    return "video", {"video": _kept(title), "poster": poster, "caption": caption}


def _kept(title: str) -> Video:
    found = Video.objects.filter(title=title).first()
    if found:
        return found
    with (VIDEOS / f"{FILE}.mp4").open("rb") as film:
        return Video.objects.create(title=title, file=File(film, name=f"{FILE}.mp4"))
