"""One id goes from the request into the worker's log, and nobody's data go with it."""

from pathlib import Path

import pytest
from django.test import Client

from tests import worker


@pytest.mark.urls("tests.watching.tasks")
@pytest.mark.slow
def test_a_task_logs_the_id_of_the_request_that_asked_for_it(race_database: None, tmp_path: Path) -> None:
    with worker.running(tmp_path / "worker.log", include="tests.watching.tasks") as running:
        response = Client().get("/hand-over/", {"phone": "13800138000"})
        noted = running.wait_for("task ran")
        failed = running.wait_for("task_failed")
    assert {noted["request_id"], failed["request_id"]} == {response.headers["X-Request-ID"]}
    assert noted["phone"] == "138****8000"
    log = running.log.read_text()
    assert "13800138000" not in log
    assert "欧阳秀英" not in log
    assert running.process.returncode == 0
