"""R5: workers, the broker and what it holds are lost while the outbox is relayed: … events 6000 12 FILE.

Half of the events are counted in a table in which a second delivery would show, half are mails to a mail
server that keeps their numbers. A mail that the server has taken before its worker could say so comes again,
under the same Message-ID: by that number receivers know it, and so does the count.
"""

from __future__ import annotations

import json
import random
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.embedded.processes import wait_until
from tests.chaos import servers, topics
from tests.chaos.orders import say
from tests.chaos.servers import Servers

if TYPE_CHECKING:
    from tests.chaos.site import Part

IN_A_TRANSACTION = 10
# A dead worker's messages come back after the lease: five minutes in production, too long for a run.
LEASE_SECONDS = 8
MOVING_SECONDS = 120.0
TABLE = """
CREATE TABLE chaos_effect (key text NOT NULL);
GRANT SELECT, INSERT ON chaos_effect TO marketplace_app;
"""


@dataclass
class Counts:
    """What a run found; lost, doubled, too many and set aside must be 0."""

    events: int
    undone: int
    worker_kills: int
    broker_kills: int
    flushes: int
    effects: int
    mails: int
    lost: int
    doubled: int
    too_many: int
    set_aside: int
    mails_sent_again: int

    @property
    def is_clean(self) -> bool:
        """Whether every event had its effect once, and nothing else had any."""
        return (self.lost, self.doubled, self.too_many, self.set_aside) == (0, 0, 0, 0)


class Producer:
    """Owes events, a few in each transaction; every tenth transaction is undone."""

    def __init__(self) -> None:
        self.owed: set[str] = set()
        self.mails = self.undone = 0
        self._transactions = 0

    def owe(self, events: int) -> None:
        """So many more events are owed, as many again of each kind."""
        wanted = len(self.owed) + self.mails + events
        while len(self.owed) + self.mails < wanted:
            self._transaction()

    def _transaction(self) -> None:
        from django.core import mail
        from django.db import transaction
        from django.utils import timezone

        from marketplace.outbox import services

        self._transactions += 1
        is_undone = self._transactions % 10 == 0
        keys = [f"{self._transactions}-{number}" for number in range(IN_A_TRANSACTION // 2)]
        with transaction.atomic():
            for key in keys:
                services.enqueue(topic=topics.COUNTED, payload={}, dedupe_key=key, now=timezone.now())
                mail.send_mail("竹笋上市", "好笋。", "shi-chang@example.com", [f"{key}@example.com"])
            transaction.set_rollback(is_undone)
        if is_undone:
            self.undone += IN_A_TRANSACTION
        else:
            self.owed.update(keys)
            self.mails += len(keys)


def run(events: int, kills: int, schema: Path) -> Counts:
    """The counts of a run with so many events and so many dead workers."""
    with ExitStack() as stack:
        own = stack.enter_context(servers.running(schema))
        own.execute(TABLE)
        # Only now: they import models.
        from tests.chaos import site

        worker = stack.enter_context(site.worker({}, own.folder / "worker.log"))
        stack.enter_context(site.beat({}, own.folder / "beat.log"))
        producer = Producer()
        for number in range(kills):
            producer.owe(events // kills)
            is_moving(worker, random.randint(1, events // kills // 2))
            strike(own, worker, number, kills)
            say(f"kill {number + 1} of {kills}: {left()} messages have left")
        producer.owe(events - len(producer.owed) - producer.mails)
        while waiting() and is_moving(worker, 1):
            pass
        return counted(own, producer, kills)


def is_moving(worker: Part, messages: int) -> bool:
    """Whether so many messages more have left, waited for; the relay is in the midst of others then.

    Or all have: the last one may leave between two looks.
    """
    before = left()
    has_moved = wait_until(lambda: left() >= before + messages or not waiting(), seconds=MOVING_SECONDS)
    if not has_moved:
        say(f"Fewer than {messages} messages leave:\n{worker.log.read_text()[-3000:]}")
    return has_moved


def strike(own: Servers, worker: Part, number: int, kills: int) -> None:
    """The worker dies; once the broker does, too, and once it forgets everything."""
    worker.kill()
    if number == kills // 3:
        own.kill_valkey()
        time.sleep(2)
        own.start_valkey()
    worker.start()
    if number == 2 * kills // 3:
        own.forget_everything()


def left() -> int:
    """How many messages have been delivered."""
    from marketplace.outbox.models import OutboxMessage

    return OutboxMessage.objects.filter(delivered_at__isnull=False).count()


def waiting() -> int:
    """How many messages have not left yet."""
    from marketplace.outbox.models import OutboxMessage

    return OutboxMessage.objects.waiting().count()


def counted(own: Servers, producer: Producer, kills: int) -> Counts:
    """What arrived, beside what was owed."""
    from django.db import connection

    from marketplace.outbox.models import OutboxMessage

    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM chaos_effect")
        rows = [key for (key,) in cursor.fetchall()]
    arrived, mails = set(rows), own.mail.accepted
    return Counts(
        events=len(producer.owed) + producer.mails,
        undone=producer.undone,
        worker_kills=kills,
        broker_kills=1,
        flushes=1,
        effects=len(rows),
        mails=len(mails),
        lost=len(producer.owed - arrived) + max(0, producer.mails - len(mails)),
        doubled=len(rows) - len(arrived),
        too_many=len(arrived - producer.owed) + max(0, len(mails) - producer.mails),
        set_aside=OutboxMessage.objects.set_aside().count(),
        mails_sent_again=sum(mails.values()) - len(mails),
    )


if __name__ == "__main__":
    found = run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    json.dump(asdict(found), sys.stdout)
