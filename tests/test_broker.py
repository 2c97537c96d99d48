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


def end_a_task_of_a_lost_connection(connection: Connection) -> None:
    """The worker has closed the channel by which the task came when the task is done."""
    channel = connection.channel()
    channel.close()
    channel.connection = None
    channel.basic_ack("a tag")
    channel.basic_reject("a tag", requeue=True)


def test_a_task_that_is_done_after_the_broker_was_lost_does_not_end_the_worker() -> None:
    end_a_task_of_a_lost_connection(app.connection_for_write())


def test_with_the_librarys_own_transport_such_a_task_ends_it() -> None:
    theirs = Connection(app.conf.broker_url, transport=redis.Transport)
    with pytest.raises(AttributeError, match="client"):
        end_a_task_of_a_lost_connection(theirs)


def test_a_worker_that_loses_the_broker_with_a_task_in_hand_does_not_end() -> None:
    lose_with_a_task_in_hand(app.connection_for_write())


def test_with_the_librarys_own_transport_it_ends() -> None:
    theirs = Connection(app.conf.broker_url, transport=redis.Transport)
    with pytest.raises(AttributeError, match="hostname"):
        lose_with_a_task_in_hand(theirs)
