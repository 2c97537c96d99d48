"""SIGTERM drains: what was begun is ended, then the process ends."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.embedded.processes import wait_until
from marketplace.outbox import services
from marketplace.outbox.models import OutboxMessage
from marketplace.procurement.models import PurchaseRequest
from tests.chaos import site, topics
from tests.chaos.parts import Users
from tests.threads import wait_until_waiting

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("race_database")]


def test_the_web_server_answers_what_it_has_begun(tmp_path: Path) -> None:
    with site.Web(site.surroundings(), tmp_path / "web.log") as web, ThreadPoolExecutor(1) as thread:
        users = Users(web.url, tmp_path, requests=1)
        with transaction.atomic():
            PurchaseRequest.objects.select_for_update().get(status="pending", institution__isnull=False)
            approving = thread.submit(users.approve)
            wait_until_waiting(1)
            web.request_stop()
        assert approving.result(30).status == 200
        assert web.wait() == 0
    assert PurchaseRequest.objects.get(institution__isnull=False).status == "approved"


def test_a_worker_ends_the_task_that_it_has_begun(tmp_path: Path) -> None:
    services.enqueue(topic=topics.SLOW, payload={}, dedupe_key="slow", now=timezone.now())
    with site.worker(site.surroundings(), tmp_path / "worker.log") as worker:
        assert wait_until(lambda: OutboxMessage.objects.get().attempts == 1, seconds=60), (
            worker.log.read_text()
        )
        worker.request_stop()
        assert worker.wait() == 0
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.delivered_at is None) == (1, False)
