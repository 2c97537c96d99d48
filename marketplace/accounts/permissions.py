"""Who may manage whose account."""

from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.models import User


def can_operate(person: User | AnonymousUser) -> bool:
    """Whether this is one of the operator's staff."""
    return person.is_active and person.is_staff


def can_manage(person: User, user: User) -> bool:
    """Whether `person` may give `user` a password link, or switch the account off and on.

    Staff manage everybody but staff, administrators everybody; nobody their own account: a link for an
    administrator's account would make its maker an administrator.
    """
    if not can_operate(person) or person == user:
        return False
    return person.is_superuser or not (user.is_staff or user.is_superuser)
