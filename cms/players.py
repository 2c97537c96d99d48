"""Videos on other sites: only on those that the settings allow, in the player of that site."""

from __future__ import annotations

import re

from django.conf import settings


def player_address(url: str) -> str:
    """The address of the player for this video; "" if the video is on no site that the settings allow."""
    for player in settings.EMBED_PLAYERS:
        found = re.fullmatch(player["video"], url.strip())
        if found:
            return str(player["player"]).format(found[1])
    return ""


def allowed_sites() -> list[str]:
    """What the sites that the settings allow are called."""
    return [str(player["name"]) for player in settings.EMBED_PLAYERS]
