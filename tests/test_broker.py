"""The way to the broker."""

import pytest
from kombu import Connection
from kombu.transport import redis

from marketplace.celery import app


def lose_with_a_task_in_hand(connection: Connection) -> None:
    """The connection is closed, and then its channel, as a worker that has lost Redis does it."""
    channel = connection.channel()
    channel.qos._delivered["a tag"] = object()
    channel.connection.client = None
    channel.close()
    channel.qos._delivered.clear()


def test_a_worker_that_loses_the_broker_with_a_task_in_hand_does_not_end() -> None:
    lose_with_a_task_in_hand(app.connection_for_write())


def test_with_the_librarys_own_transport_it_ends() -> None:
    theirs = Connection(app.conf.broker_url, transport=redis.Transport)
    with pytest.raises(AttributeError, match="hostname"):
        lose_with_a_task_in_hand(theirs)
