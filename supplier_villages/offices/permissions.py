"""Who may act for an office, and on which region."""

from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.models import User
from supplier_villages.offices.models import Office
from supplier_villages.offices.queries import offices_of, regions_visible_to


def works_in(user: User | AnonymousUser, office: Office) -> bool:
    """Whether the user works in this very office."""
    return offices_of(user).filter(pk=office.pk).exists()


def can_see_region(user: User | AnonymousUser, code: str) -> bool:
    """Whether the region is one of the user's offices' regions or below one."""
    return regions_visible_to(user).filter(code=code).exists()
