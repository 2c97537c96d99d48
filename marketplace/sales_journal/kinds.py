"""What a fact does to the figures: one table says on which basis it counts, and with which sign."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """The three figures that stand side by side and are never added together."""

    CONTRACTED = "contracted", _("contracted")
    ACCEPTED = "accepted", _("accepted")
    PAID = "paid", _("paid")


class Kind(models.TextChoices):
    """What happened."""

    CONTRACTED = "contracted", _("contracted")
    CANCELLED = "cancelled", _("cancelled")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    PAID = "paid", _("paid")
    REPAID = "repaid", _("paid back")
    ADJUSTED = "adjusted", _("adjusted")


BASIS: Mapping[Kind, Basis] = {
    Kind.CONTRACTED: Basis.CONTRACTED,
    Kind.CANCELLED: Basis.CONTRACTED,
    Kind.ACCEPTED: Basis.ACCEPTED,
    Kind.RETURNED: Basis.ACCEPTED,
    Kind.ADJUSTED: Basis.ACCEPTED,
    Kind.PAID: Basis.PAID,
    Kind.REPAID: Basis.PAID,
}
# An adjustment says its own sign; every other line is given as a positive amount.
REVERSALS = frozenset({Kind.CANCELLED, Kind.RETURNED, Kind.REPAID})


def sign_of(kind: Kind) -> int:
    """−1 for what takes back, else 1."""
    return -1 if kind in REVERSALS else 1
