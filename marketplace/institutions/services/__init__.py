"""Institutions and their members, written."""

from marketplace.institutions.services.members import add_member, open_account, remove_member, set_roles
from marketplace.institutions.services.registry import (
    InvalidInstitution,
    Registration,
    change_institution,
    create_institution,
)

__all__ = [
    "InvalidInstitution",
    "Registration",
    "add_member",
    "change_institution",
    "create_institution",
    "open_account",
    "remove_member",
    "set_roles",
]
