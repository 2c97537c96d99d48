"""What can become of an offer, and what can be done with it."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """draft → submitted → recognised; what was returned is submitted again; withdrawn and expired end it."""

    DRAFT = "draft", pgettext_lazy("offer", "draft")
    SUBMITTED = "submitted", pgettext_lazy("offer", "waiting for recognition")
    RECOGNISED = "recognised", pgettext_lazy("offer", "on sale")
    RETURNED = "returned", pgettext_lazy("offer", "returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("offer", "expired")


class Move(models.TextChoices):
    """What its supplier or the county's office can do with an offer."""

    EDIT = "edit", pgettext_lazy("offer move", "go through its steps again")
    SUBMIT = "submit", pgettext_lazy("offer move", "hand it in")
    RECOGNISE = "recognise", pgettext_lazy("offer move", "recognise it")
    RETURN = "return", pgettext_lazy("offer move", "return it to the village")
    CHANGE = "change", pgettext_lazy("offer move", "change its price or quantity")
    WITHDRAW = "withdraw", pgettext_lazy("offer move", "take it back")


ALLOWED: dict[Status, tuple[Move, ...]] = {
    Status.DRAFT: (Move.EDIT, Move.SUBMIT, Move.WITHDRAW),
    Status.SUBMITTED: (Move.RECOGNISE, Move.RETURN, Move.CHANGE, Move.WITHDRAW),
    Status.RECOGNISED: (Move.CHANGE, Move.WITHDRAW),
    Status.RETURNED: (Move.EDIT, Move.SUBMIT, Move.WITHDRAW),
    Status.WITHDRAWN: (),
    Status.EXPIRED: (),
}


def allowing(move: Move) -> tuple[Status, ...]:
    """The states in which this can be done."""
    return tuple(status for status, moves in ALLOWED.items() if move in moves)


EDITABLE = allowing(Move.EDIT)
CHANGEABLE = allowing(Move.CHANGE)
OPEN = allowing(Move.WITHDRAW)
