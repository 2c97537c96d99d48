"""A worker that loses the broker ends what it has begun, and goes on."""

from pathlib import Path

import pytest
from django.utils import timezone

from marketplace.embedded.processes import wait_until
from marketplace.outbox import services
from marketplace.outbox.models import OutboxMessage
from tests.chaos import site, topics
from tests.chaos.proxy import Proxy
from tests.chaos.urls import place, through

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("race_database")]
TAKEN, DELIVERED = {"attempts": 1, "delivered_at": None}, {"attempts": 1, "delivered_at__isnull": False}


def owe(key: str) -> None:
    """A message whose delivery takes a while."""
    services.enqueue(topic=topics.SLOW, payload={}, dedupe_key=key, now=timezone.now())


def becomes(key: str, **state: object) -> bool:
    """Whether the message gets into this state."""
    message = OutboxMessage.objects.filter(dedupe_key=key, **state)
    return wait_until(message.exists, seconds=60)


def test_a_worker_that_loses_the_broker_ends_its_task_and_takes_the_next(tmp_path: Path) -> None:
    around = site.surroundings()
    with Proxy(place(around["BROKER_URL"])) as proxy:
        around["BROKER_URL"] = through(around["BROKER_URL"], proxy)
        with site.worker(around, tmp_path / "worker.log") as worker:
            owe("before")
            assert becomes("before", **TAKEN), worker.log.read_text()
            proxy.mend()  # everybody is cut off, and may come back at once
            assert becomes("before", **DELIVERED), worker.log.read_text()
            owe("after")
            assert becomes("after", **DELIVERED), worker.log.read_text()
