"""One user per role, and the objects that belong to them or to somebody else.

A new kind of user: add its role here, make the user in `build`, and say in table.py what it may see.
A new kind of object: add it to `objects` under a name, and let rows of table.py take it from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from marketplace.accounts import services
from marketplace.accounts.models import User
from tests.factories.users import make_administrator, make_staff, make_user

STRANGER = "stranger"
PERSON = "person"
STAFF = "staff"
ADMINISTRATOR = "administrator"
ROLES = (STRANGER, PERSON, STAFF, ADMINISTRATOR)

EVERYBODY = frozenset(ROLES)
MEMBERS = EVERYBODY - {STRANGER}
OPERATORS = frozenset({STAFF, ADMINISTRATOR})


@dataclass(frozen=True)
class World:
    """`users` has one user for each role but the stranger; `objects` what addresses are made of."""

    users: Mapping[str, User]
    objects: Mapping[str, Any]


def build() -> World:
    """A small world in the test's database."""
    administrator = make_administrator()
    somebody = make_user("somebody-else", name="王五", phone="13700137000")
    link = services.issue_password_link(user=somebody, created_by=administrator, now=timezone.now())
    return World(
        users={PERSON: make_user(), STAFF: make_staff(), ADMINISTRATOR: administrator},
        objects={"somebody": somebody.pk, "token": link.token},
    )
