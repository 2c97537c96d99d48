"""Celery's way to Redis, with two of its mistakes mended."""

from typing import Any

from kombu.transport import redis


class QoS(redis.QoS):
    """What has been handed out and not yet been done."""

    def restore_unacked(self, client: Any = None) -> None:
        """Puts it back, unless the connection is closed already.

        kombu 5.7 looks for the address of a closed connection then, and the worker that has just lost Redis
        ends of an AttributeError. Redis hands such tasks out again after the visibility timeout.
        """
        if self.channel.connection.client is None and self._delivered is not None:
            self._delivered.clear()
        else:
            super().restore_unacked(client)


class Channel(redis.Channel):
    """The channel with it."""

    QoS = QoS

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Says that a task is done, unless the connection over which it came is lost.

        A task that ends after that would end the worker, too, of an AttributeError. Redis hands it out again.
        """
        if self.connection is not None:
            super().basic_ack(delivery_tag, multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Gives a task back, with the same exception."""
        if self.connection is not None:
            super().basic_reject(delivery_tag, requeue)


class Transport(redis.Transport):
    """The transport with it: CELERY_BROKER_TRANSPORT names it."""

    Channel = Channel
