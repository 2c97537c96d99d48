"""R4: PostgreSQL and the web server are killed while institutions buy: python -m tests.chaos.orders 20 FILE.

Buyers submit and approve through the API. Whoever gets no answer sends the same again, under the same key.
What was acknowledged must be there in the end, once, and stock and figures must be what the orders say.
"""

from __future__ import annotations

import io
import json
import random
import secrets
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marketplace.embedded.processes import wait_until
from tests.chaos import servers
from tests.chaos.servers import Servers

if TYPE_CHECKING:
    from tests.chaos.site import Web

BUYERS = 4
GOODS = 3
IN_STOCK = 1_000_000
# How long somebody tries again before we call it stuck.
STUCK_SECONDS = 120.0


@dataclass
class Counts:
    """What a run found; all of the last five must be 0."""

    kills: int
    submitted: int
    approved: int
    calls: int
    unanswered: int
    lost_requests: int
    lost_purchases: int
    doubled: int
    stuck: int
    differences: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled or stuck, and all adds up."""
        wrong = self.lost_requests, self.lost_purchases, self.doubled, self.stuck, self.differences
        return wrong == (0, 0, 0, 0, 0)


@dataclass
class Buyer(threading.Thread):
    """Somebody who submits and somebody who approves, one after the other, again and again."""

    url: str
    requester_token: str
    approver_token: str
    records: list[int]
    ended: threading.Event
    # Key → request, request → purchase: what was acknowledged.
    submitted: dict[str, int] = field(default_factory=dict)
    approved: dict[int, str] = field(default_factory=dict)
    calls: int = 0
    unanswered: int = 0
    stuck: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._address = ".".join(str(1 + secrets.randbelow(250)) for _ in range(4))

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Buys until it is told to end, and then ends what it has begun."""
        while not self.ended.is_set() and not self.stuck:
            key = secrets.token_hex(8)
            request = self._until_answered("/requests", self.requester_token, wanted(self.records), key)
            if request:
                self.submitted[key] = request["id"]
                path = f"/requests/{request['id']}/approve"
                purchase = self._until_answered(path, self.approver_token, {}, "")
                if purchase:
                    self.approved[request["id"]] = purchase["number"]

    def _until_answered(self, path: str, token: str, body: dict[str, Any], key: str) -> dict[str, Any]:
        """What the site acknowledges; nothing if it never does."""
        from tests.chaos.parts import ask

        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers |= {"X-Forwarded-For": self._address, **({"Idempotency-Key": key} if key else {})}
        begun = time.monotonic()
        while time.monotonic() - begun < STUCK_SECONDS:
            answer = ask(f"{self.url}/api/v1{path}", headers=headers, data=json.dumps(body).encode())
            self.calls += 1
            if answer.status in (200, 201):
                found: dict[str, Any] = json.loads(answer.text)
                return found
            self.unanswered += 1
            time.sleep(0.5)
        self.stuck += 1
        return {}


def wanted(records: list[int]) -> dict[str, Any]:
    """A request for some of the goods, which everybody wants."""
    chosen = random.sample(records, 2)
    lines = [{"stock_record_id": record, "quantity": random.randint(1, 5)} for record in chosen]
    delivery = {
        "region_code": "445202",
        "address": "黄岐山大道1号",
        "recipient": "李明",
        "recipient_phone": "13800138000",
    }
    return {"lines": lines, "delivery": delivery, "purpose": "食堂采购"}


def run(kills: int, schema: Path) -> Counts:
    """The counts of a run with so many kills of each of the two."""
    with ExitStack() as stack:
        own = stack.enter_context(servers.running(schema))
        # Only now: they import models.
        from tests.chaos.site import Web

        web = stack.enter_context(Web({}, own.folder / "web.log", threads=BUYERS + 2))
        ended = threading.Event()
        buyers = buyers_of(web.url, ended)
        for buyer in buyers:
            buyer.start()
        for number in range(kills):
            kill_both(own, web, buyers)
            say(f"kill {number + 1} of {kills}: {approvals(buyers)} approved")
        wait_for_more(buyers)
        ended.set()
        for buyer in buyers:
            buyer.join()
        return counted(kills, buyers)


def buyers_of(url: str, ended: threading.Event) -> list[Buyer]:
    """Institutions that want the same goods, each with tokens of its own."""
    from django.utils import timezone

    from marketplace.access_tokens.memberships import Kind
    from tests.factories import trade
    from tests.factories.access_tokens import make_token

    now = timezone.now()
    trade.land()
    farm = trade.seller()
    records = [trade.goods(farm, now, title=f"竹笋 {n}", available=IN_STOCK).pk for n in range(GOODS)]
    units = [trade.unit(f"第{n}小学") for n in range(BUYERS)]

    def token(unit: trade.Unit, user: Any) -> str:
        return make_token(user, Kind.INSTITUTION, unit.institution.pk, now).secret

    return [
        Buyer(url, token(unit, unit.requester), token(unit, unit.approver), records, ended) for unit in units
    ]


def kill_both(own: Servers, web: Web, buyers: list[Buyer]) -> None:
    """First the database and then the web server, each while orders come in."""
    wait_for_more(buyers)
    own.kill_postgres()
    own.start_postgres()
    wait_for_more(buyers)
    web.kill()
    web.start()


def wait_for_more(buyers: list[Buyer]) -> None:
    """Some more orders have been acknowledged, and a moment has passed: a kill hits anything."""
    before = approvals(buyers)
    wait_until(lambda: approvals(buyers) >= before + BUYERS, seconds=STUCK_SECONDS)
    time.sleep(random.random())


def approvals(buyers: list[Buyer]) -> int:
    """How many purchases were acknowledged."""
    return sum(len(buyer.approved) for buyer in buyers)


def counted(kills: int, buyers: list[Buyer]) -> Counts:
    """What the database says of what was acknowledged."""
    from django.db import connection

    from marketplace.order.models import Purchase
    from marketplace.procurement.models import PurchaseRequest

    connection.close()  # of a server that has been killed since
    submitted = {key: request for buyer in buyers for key, request in buyer.submitted.items()}
    approved = {request: number for buyer in buyers for request, number in buyer.approved.items()}
    requests = set(PurchaseRequest.objects.values_list("pk", flat=True))
    purchases = dict(Purchase.objects.filter(orders__lines__isnull=False).values_list("request", "number"))
    extra = len(requests) - len(set(submitted.values())) + Purchase.objects.count() - len(approved)
    return Counts(
        kills=kills,
        submitted=len(submitted),
        approved=len(approved),
        calls=sum(buyer.calls for buyer in buyers),
        unanswered=sum(buyer.unanswered for buyer in buyers),
        lost_requests=len(set(submitted.values()) - requests),
        lost_purchases=sum(purchases.get(request) != number for request, number in approved.items()),
        doubled=extra + len(submitted) - len(set(submitted.values())),
        stuck=sum(buyer.stuck for buyer in buyers),
        differences=differences(),
    )


def differences() -> int:
    """How many of the two verifications find something: figures, and stock."""
    from django.core.management import CommandError, call_command

    found = 0
    for command in ("verify_sales", "verify_stock"):
        try:
            call_command(command, stdout=io.StringIO(), stderr=sys.stderr)
        except CommandError as error:
            say(str(error))
            found += 1
    return found


def say(line: str) -> None:
    """Progress, beside the counts."""
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    found = run(int(sys.argv[1]), Path(sys.argv[2]))
    json.dump(asdict(found), sys.stdout)
