"""Why an offer cannot be changed as asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from catalog.unsold_offers.models import UnsoldOffer


class WrongStatus(Exception):
    """The offer is no longer (or not yet) in a state in which this can be done; `status` says in which."""

    def __init__(self, offer: UnsoldOffer) -> None:
        self.status = offer.status
        label = str(offer.get_status_display())
        super().__init__(_("This offer can no longer be changed so: %(status)s.") % {"status": label})


class InvalidOffer(ValueError):
    """What was entered makes no sense or is missing: `errors` is field → what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))
