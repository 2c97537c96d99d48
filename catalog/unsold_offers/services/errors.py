"""Why an offer cannot be changed as asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.unsold_offers.status import ALLOWED, Status

if TYPE_CHECKING:
    from catalog.unsold_offers.models import UnsoldOffer


class WrongStatus(Exception):
    """This cannot be done with the offer now; `status` is its state, `allowed` what can be done."""

    def __init__(self, offer: UnsoldOffer) -> None:
        self.status = Status(offer.status)
        self.allowed = ALLOWED[self.status]
        super().__init__(self.explanation())

    def explanation(self) -> str:
        """The state in words, and what is possible in it."""
        if not self.allowed:
            return _("This offer is: %(status)s. Nothing more can be done with it.") % {
                "status": self.status.label
            }
        return _("This offer is: %(status)s. Possible now: %(moves)s.") % {
            "status": self.status.label,
            "moves": _(", ").join(str(move.label) for move in self.allowed),
        }


class InvalidOffer(ValueError):
    """What was entered makes no sense or is missing: `errors` is field → what to do.

    `seen` is how things stand now, where they are no longer as the actor had seen them.
    """

    def __init__(self, errors: dict[str, str], seen: int | None = None) -> None:
        self.errors = errors
        self.seen = seen
        super().__init__(" ".join(errors.values()))
