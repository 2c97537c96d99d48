"""What all permissions share: the answer no, said in one way."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def require(*, allowed: bool) -> None:
    """Goes on only if allowed.

    Raises:
        PermissionDenied: not allowed.
    """
    if not allowed:
        raise PermissionDenied(_("You are not allowed to do this."))
