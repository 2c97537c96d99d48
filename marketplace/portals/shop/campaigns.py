"""The campaign that an address or a form names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_DIGITS = 18
# No campaign has it: what makes no sense is like a campaign that nobody knows.
UNKNOWN = 0


def campaign_in(data: Mapping[str, str]) -> int | None:
    """The number in the field "campaign"; None if it names none, UNKNOWN for what is no number."""
    text = data.get("campaign", "")
    if not text:
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else UNKNOWN
