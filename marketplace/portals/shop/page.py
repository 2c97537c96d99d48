"""What the shop's pages share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the way to a page; the page itself has no address."""

    label: str
    url: str = ""
