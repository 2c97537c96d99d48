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


def can_renew_link(person: User, user: User) -> bool:
    """Whether `person` may give `user` another password link without being the operator's staff.

    Only who opened the account, and only while nobody has ever set its password: then the one who is to use
    it lost the first link. Afterwards a link would let the maker in as somebody else.
    """
    last = user.password_links.order_by("-created_at", "-pk").first()
    opened_by_person = last is not None and last.created_by_id == person.pk and person.is_active
    return opened_by_person and user.is_active and not user.is_staff and not user.has_usable_password()
