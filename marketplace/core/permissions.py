"""What all permissions share: the answer no, which the page 403 puts into words."""

from django.core.exceptions import PermissionDenied


def require(*, allowed: bool) -> None:
    """Goes on only if allowed.

    Raises:
        PermissionDenied: not allowed.
    """
    if not allowed:
        raise PermissionDenied
