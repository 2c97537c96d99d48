"""What holds for the members of every kind of organisation; the memberships themselves live with it."""

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.accounts.permissions import can_operate


class MembershipError(Exception):
    """A membership cannot be given or taken as asked; the text says what to do instead."""


class SwitchedOff(MembershipError):
    """The account of the person is switched off."""

    def __init__(self) -> None:
        super().__init__(
            _("This account is switched off. Ask the operator to switch it on again, then add the person.")
        )


class OwnRights(MembershipError):
    """Somebody wants to give themselves a right that they do not have."""

    def __init__(self) -> None:
        super().__init__(_("Nobody gives themselves a role. Another head or the operator can do it."))


class LastHead(MembershipError):
    """Without this person nobody of the organisation could say who belongs to it."""

    def __init__(self) -> None:
        super().__init__(_("This is the only head. Make somebody else a head first, or ask the operator."))


class NoRole(MembershipError):
    """A member holds at least one role; who is to hold none is removed."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one role, or remove the person."))


def require_may_gain(*, actor: User, user: User) -> None:
    """Goes on only if the actor may give the user, as read now, a right that they do not have.

    Raises:
        OwnRights: they are the same person.
        SwitchedOff: the user's account is.
    """
    if actor.pk == user.pk:
        raise OwnRights
    if not user.is_active:
        raise SwitchedOff


def require_head_left(*, actor: User, others: bool) -> None:
    """Goes on only if another head is left; the operator may leave an organisation without one.

    Raises:
        LastHead: there are no others.
    """
    if not others and not can_operate(actor):
        raise LastHead
