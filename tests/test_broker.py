"""The way to the broker."""

from collections.abc import Callable

import pytest
from kombu import Connection
from kombu.transport import redis

from marketplace.celery import app

Lose = Callable[[Connection], None]


def lose_with_a_task_in_hand(connection: Connection) -> None:
    """The connection is closed, and then its channel, as a worker that has lost Redis does it."""
    channel = connection.channel()
    channel.qos._delivered["a tag"] = object()
    channel.connection.client = None
    channel.close()
    channel.qos._delivered.clear()


def end_a_task_of_a_lost_connection(connection: Connection) -> None:
    """The worker has closed the channel by which the task came when the task is done."""
    channel = connection.channel()
    channel.close()
    channel.connection = None
    channel.basic_ack("a tag")
    channel.basic_reject("a tag", requeue=True)


LOSSES = pytest.mark.parametrize(
    ("lose", "missing"),
    [(lose_with_a_task_in_hand, "hostname"), (end_a_task_of_a_lost_connection, "client")],
)


@LOSSES
def test_a_worker_that_loses_the_broker_does_not_end(lose: Lose, missing: str) -> None:
    lose(app.connection_for_write())


@LOSSES
def test_with_the_librarys_own_transport_it_ends(lose: Lose, missing: str) -> None:
    theirs = Connection(app.conf.broker_url, transport=redis.Transport)
    with pytest.raises(AttributeError, match=missing):
        lose(theirs)
