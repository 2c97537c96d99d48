"""Clients of the pages' tests, and a folder for what they upload."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from marketplace.accounts.models import User
from tests.portals.conftest import client_of as client_of


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where pictures, videos and documents of a test are stored."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


ClientOf = Callable[[User], Client]
