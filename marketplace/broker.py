"""Celery's way to Redis, with one of its mistakes mended."""

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


class Transport(redis.Transport):
    """The transport with it: CELERY_BROKER_TRANSPORT names it."""

    Channel = Channel
