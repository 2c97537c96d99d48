"""Waking the relay at once instead of at its next beat; a broker that is dead or slow only means the beat."""

import logging

from kombu.exceptions import OperationalError

from marketplace.celery import app

logger = logging.getLogger(__name__)

TASK = "marketplace.outbox.tasks.relay_outbox"
PATIENCE_SECONDS = 0.2  # to connect, and again to be answered: within half a second the caller goes on
IMPATIENT = {
    "socket_connect_timeout": PATIENCE_SECONDS,
    "socket_timeout": PATIENCE_SECONDS,
    "retry_on_timeout": False,
    "max_retries": 0,
}


def wake_relay() -> None:
    """Asks a worker to relay the outbox now; nothing at all if the broker does not answer in time.

    A connection of its own: the shared pool has the worker's patience.
    """
    options = {**app.conf.broker_transport_options, **IMPATIENT}
    connection = app.connection_for_write(connect_timeout=PATIENCE_SECONDS, transport_options=options)
    try:
        app.send_task(TASK, connection=connection, retry=False)
    except OperationalError:
        logger.warning("The broker did not answer: the outbox waits for the next beat")
    finally:
        connection.release()
