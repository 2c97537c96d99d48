"""Clients of the portals' tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from marketplace.accounts.models import User
from tests.factories.users import BACKEND


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which the user is logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return log_in
