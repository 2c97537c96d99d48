"""A school's order of bamboo shoots, and the cadre's browser."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.accounts.models import User
from tests.factories import trade
from tests.portals.supplier.deal import Deal


@pytest.fixture(scope="module")
def deal_of_module(transaction_of_module: None) -> Deal:
    return Deal()


@pytest.fixture
def deal(deal_of_module: Deal, db: None) -> Deal:
    """300 units at 3.50 CNY, placed now."""
    return deepcopy(deal_of_module)


@pytest.fixture
def cadre_client(deal: Deal, client_of: Callable[[User], Client]) -> Client:
    """The browser of the supplier's cadre."""
    return client_of(deal.farm.cadre)


@pytest.fixture
def other_client(deal: Deal, client_of: Callable[[User], Client]) -> Client:
    """The browser of another supplier's cadre."""
    return client_of(trade.seller("别家合作社").cadre)


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return timezone.now()
