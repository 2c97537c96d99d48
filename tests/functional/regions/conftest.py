"""A real browser on a real server that has every region of the country."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from pytest_django.plugin import DjangoDbBlocker

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's event loop runs in the test's thread


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium on PATH; without its sandbox, which does not start as root."""
    return {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}


@pytest.fixture(scope="module")
def country_site(country_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a site that shows a form with region pickers."""
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.functional.regions.urls"):
        thread = LiveServerThread("127.0.0.1", _StaticFilesHandler, connections_override={})
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()
        connection.close()
