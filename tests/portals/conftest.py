"""Clients of the portals' tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from marketplace.accounts.models import User
from tests.factories.users import browser_of


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which the user is logged in."""
    return browser_of
