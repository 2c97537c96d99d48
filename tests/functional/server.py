"""The site on a port of this machine, served by threads that commit for real.

pytest-django's live_server empties the tables afterwards, which the append-only ones refuse: the databases
here are clones that are dropped.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.testcases import LiveServerThread, _StaticFilesHandler


@contextmanager
def serving() -> Iterator[str]:
    """The address of the site on Django's present database."""
    thread = LiveServerThread("127.0.0.1", _StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
        connection.close()
