"""Each dependency {down, slow by five seconds} × each part of the site: what the user gets, and how soon.

docs/failures.md shows the same table; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from marketplace.outbox.models import OutboxMessage
from tests.chaos import gateway
from tests.chaos.mail_sink import MailSink
from tests.chaos.parts import Answer, Users
from tests.chaos.proxy import Proxy
from tests.chaos.site import Part, Web, beat, surroundings, worker
from tests.chaos.tasks import Work
from tests.chaos.urls import place, through

ALLOWED_SECONDS = 3.0
BEAT_SECONDS = 5.0
LOG_CHARACTERS = 8_000
DATABASE, CACHE, BROKER, MAIL, MEDIA, GATEWAY = "PostgreSQL", "cache", "broker", "mail", "media", "gateway"
DEPENDENCIES = (DATABASE, CACHE, BROKER, MAIL, MEDIA, GATEWAY)
DOWN, SLOW = "down", "slow"
AS_USUAL, COME_AGAIN, MISSING = "as usual", "503 page", "no picture"
USUAL = {
    "front page": 200, "listing": 200, "product": 200, "basket": 200, "portal": 200, "API": 200,
    "submit": 201, "approve": 200, "pay online": 302, "picture": 200, "upload": 302,
}  # fmt: skip
# What is not as usual, by dependency and part.
FALLBACKS: Mapping[str, Mapping[str, str]] = {
    DATABASE: {part: COME_AGAIN for part in USUAL if part != "picture"},
    MEDIA: {"picture": MISSING, "upload": COME_AGAIN},
    GATEWAY: {"pay online": COME_AGAIN},
}
# A slow disk holds up whoever reads or writes it; a slow gateway is one whose adapter gives up.
FAILURES = [(each, how) for each in (DATABASE, CACHE, BROKER, MAIL) for how in (DOWN, SLOW)]
FAILURES += [(MEDIA, DOWN), (GATEWAY, DOWN)]


@dataclass
class Scene:
    """A site of which every part can fail, and the people who use it."""

    web: Web
    users: Users
    work: Work
    mail: MailSink
    proxies: Mapping[str, Proxy]
    media: Path
    gateway_file: Path
    worker_log: Path

    def worker_said(self) -> str:
        """The end of the worker's log, for the errors of a test."""
        return self.worker_log.read_text()[-LOG_CHARACTERS:]

    def fail(self, dependency: str, how: str) -> None:
        """From now on this is away, or late."""
        if dependency in self.proxies:
            proxy = self.proxies[dependency]
            proxy.cut() if how == DOWN else proxy.slow_down()
        elif dependency == MEDIA:
            self.media.rename(self.media.with_suffix(".away"))
            self.media.touch()
        else:
            self.gateway_file.touch()

    def mend(self, dependency: str) -> None:
        """All is well again."""
        if dependency in self.proxies:
            self.proxies[dependency].mend()
        elif dependency == MEDIA:
            self.media.unlink()
            self.media.with_suffix(".away").rename(self.media)
        else:
            self.gateway_file.unlink()


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """The site on Django's present database, each of its dependencies behind a proxy."""
    around = surroundings()
    database, cache, broker = (around[each] for each in ("DATABASE_URL", "CACHE_URL", "BROKER_URL"))
    media, gateway_file = folder / "media", folder / "gateway-is-away"
    worker_log = folder / "worker.log"
    media.mkdir()
    with ExitStack() as stack:
        sink = stack.enter_context(MailSink())
        proxies = {
            DATABASE: Proxy(place(database)),
            CACHE: Proxy(place(cache)),
            BROKER: Proxy(place(broker)),
            MAIL: Proxy(("127.0.0.1", sink.port)),
        }
        for proxy in proxies.values():
            stack.enter_context(proxy)
        environment = {
            "DATABASE_URL": through(database, proxies[DATABASE]),
            "CACHE_URL": through(cache, proxies[CACHE]),
            "BROKER_URL": through(broker, proxies[BROKER]),
            "MAIL_PORT": str(proxies[MAIL].port),
            "MEDIA_ROOT": str(media),
            "PAYMENT_GATEWAY": "tests.chaos.gateway.AbsentGateway",
            gateway.AWAY: str(gateway_file),
            "BEAT_SECONDS": str(BEAT_SECONDS),
        }
        web = Web(environment, folder / "web.log")
        for part in (web, *workers(environment, worker_log)):
            stack.enter_context(part)
        users = Users(web.url, media, requests=3 * len(FAILURES))
        yield Scene(web, users, Work(users), sink, proxies, media, gateway_file, worker_log)


def workers(environment: Mapping[str, str], log: Path) -> tuple[Part, Part]:
    """Worker and beat, which logs beside it."""
    return worker(environment, log), beat(environment, log.with_name("beat.log"))


def walk(scene: Scene) -> dict[str, Answer]:
    """What every part answers; a few at a time, as people come."""
    parts = scene.users.parts()
    with ThreadPoolExecutor(3) as threads:
        asked = {name: threads.submit(part) for name, part in parts.items()}
        return {name: each.result() for name, each in asked.items()}


def surprises(dependency: str, answers: Mapping[str, Answer]) -> dict[str, tuple[str, int, float]]:
    """The parts that answered otherwise than the table says, or too late: expected, status, seconds."""
    expected = {part: FALLBACKS.get(dependency, {}).get(part, AS_USUAL) for part in answers}
    return {
        part: (expected[part], answer.status, round(answer.seconds, 1))
        for part, answer in answers.items()
        if not fits(part, expected[part], answer) or answer.seconds > ALLOWED_SECONDS
    }


def fits(part: str, expected: str, answer: Answer) -> bool:
    """Whether the answer is what the table says."""
    if expected == AS_USUAL:
        return answer.status == USUAL[part]
    if expected == MISSING:
        return answer.status == 404
    is_ours = "unavailable" in answer.text if part in ("API", "submit", "approve") else "平台" in answer.text
    return answer.status == 503 and is_ours


def waiting_messages() -> int:
    """How many messages have not left yet; those that rest after a failure are due now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_outboxmessage SET available_at = now() "
            "WHERE delivered_at IS NULL AND attempts < 7 AND last_error <> ''"
        )
        cursor.execute("SELECT count(*) FROM outbox_outboxmessage WHERE delivered_at IS NULL")
        return int(cursor.fetchone()[0])


def delivered_mails() -> int:
    """How many mails the relay says that it has posted."""
    return OutboxMessage.objects.filter(topic="mail", delivered_at__isnull=False).count()


def table() -> str:
    """The table in Markdown."""
    heads = ["part", *DEPENDENCIES]
    rows = [[part, *(FALLBACKS.get(each, {}).get(part, AS_USUAL) for each in DEPENDENCIES)] for part in USUAL]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
