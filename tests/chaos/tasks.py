"""Each dependency × each task of the beat: something waits for the task, and is done or waits on.

docs/failures.md shows the same table; a test compares them, and the tasks with those of the beat.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from itertools import count

from django.conf import settings
from django.utils import timezone

from catalog.partner import services as stock
from catalog.partner.models import Reservation
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.querysets import UnsoldOfferQuerySet
from cms.models import NewsIndexPage
from marketplace.access_tokens.memberships import Kind
from marketplace.access_tokens.models import AccessToken
from marketplace.celery import app
from marketplace.embedded.processes import wait_until
from marketplace.institutions.models import InstitutionMembership
from marketplace.outbox import relay
from marketplace.outbox import services as outbox
from marketplace.outbox.models import OutboxMessage
from marketplace.procurement.models import PurchaseRequest
from supplier_villages.regions.models import Region
from tests.chaos.parts import Users
from tests.factories import offers, pages, trade
from tests.factories.access_tokens import make_token
from tests.factories.members import Role, join_institution
from tests.factories.offices import make_office
from tests.factories.users import make_user

AS_USUAL, LATER = "as usual", "once it is back"
RELAY = "relay-outbox"
# The entries of the beat's schedule, and what each does.
TASKS = {
    RELAY: "mails leave",
    "expire-requests": "requests end and give their stock back",
    "expire-reservations": "stock of reservations is given back",
    "expire-offers": "offers end",
    "escalate-waiting-offers": "cities are told of offers that wait",
    "revoke-ended-tokens": "tokens of former members end",
    "publish-scheduled-pages": "pages are published",
    "forget-delivered-messages": "mails of long ago are forgotten",
}
# What is not as usual, by dependency and task.
WAITING: Mapping[str, Mapping[str, str]] = {
    **{each: dict.fromkeys(TASKS, LATER) for each in ("PostgreSQL", "broker")},
    "mail": {RELAY: LATER},
}
AGAIN_SECONDS = 1.0

Done = Callable[[], bool]


def expected(dependency: str, task: str) -> str:
    """What the table says."""
    return WAITING.get(dependency, {}).get(task, AS_USUAL)


def table(dependencies: Collection[str]) -> str:
    """The table in Markdown."""
    heads = ["task", *dependencies]
    rows = [
        [f"{words} (`{task}`)", *(expected(each, task) for each in dependencies)]
        for task, words in TASKS.items()
    ]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def hand_over() -> None:
    """Every task of the beat, in this moment and by a way to the broker that nobody cuts."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        app.send_task(str(entry["task"]))


def held_up(dependency: str, work: Mapping[str, Done], seconds: float, *, hasten: bool) -> set[str]:
    """The tasks that are not done in time, although they need nothing of what is away."""
    expected_now = [task for task in TASKS if expected(dependency, task) == AS_USUAL]
    return undone(work, expected_now, seconds, hasten=hasten)


def undone(work: Mapping[str, Done], tasks: Collection[str], seconds: float, *, hasten: bool) -> set[str]:
    """Those of the tasks whose work is not done in time; `hasten`: nobody waits for the beat."""
    left = set(tasks)

    def look() -> bool:
        left.difference_update([task for task in left if work[task]()])
        return not left

    end = time.monotonic() + seconds
    while not look() and time.monotonic() < end:
        if hasten:
            hand_over()
        wait_until(look, seconds=AGAIN_SECONDS)
    return left


class Work:
    """What the tasks find to do in the market of these users."""

    def __init__(self, users: Users) -> None:
        self.users = users
        self._numbers = count(1)
        now = users.now
        self._requested = trade.goods(users.farm, now, title="香菇", available=1_000_000)
        self._reserved = trade.goods(users.farm, now, title="木耳", available=1_000_000)
        city = make_user("city-officer", email="city-officer@example.com")
        make_office("445200", city)
        self._scene = offers.Scene(
            supplier=users.farm.supplier,
            village=Region.objects.get(code=trade.VILLAGE),
            cadre=users.farm.cadre,
            officer=city,
            category=trade.category(),
        )

    def begin(self) -> dict[str, Done]:
        """Something for each task, and whether it has been done."""
        number, now = next(self._numbers), timezone.now()
        return {
            RELAY: self._mail(number, now),
            "expire-requests": self._request(number, now),
            "expire-reservations": self._reservation(number, now),
            "expire-offers": self._overdue_offer(now),
            "escalate-waiting-offers": self._waiting_offer(now),
            "revoke-ended-tokens": self._token(number, now),
            "publish-scheduled-pages": self._page(number, now),
            "forget-delivered-messages": self._delivered(number, now),
        }

    @staticmethod
    def _mail(number: int, now: dt.datetime) -> Done:
        context = {"count": 1, "hours": 48, "offers": [], "action_url": "http://localhost/"}
        key, to = f"task:{number}", "li@example.com"
        outbox.enqueue_mail(to=[to], template="offers_waiting", context=context, dedupe_key=key, now=now)
        message = OutboxMessage.objects.filter(dedupe_key__startswith=f"{key}:")
        return lambda: message.filter(delivered_at__isnull=False).exists()

    @staticmethod
    def _delivered(number: int, now: dt.datetime) -> Done:
        long_ago = now - relay.KEEP_DELIVERED - dt.timedelta(days=1)
        times = dict.fromkeys(("created_at", "available_at", "delivered_at"), long_ago)
        key = f"task:old:{number}"
        OutboxMessage.objects.create(topic=outbox.MAIL, payload={}, dedupe_key=key, **times)
        message = OutboxMessage.objects.filter(dedupe_key=key)
        return lambda: not message.exists()

    def _request(self, number: int, now: dt.datetime) -> Done:
        request = trade.submitted(self.users.school, {self._requested.pk: 1}, now, f"task:{number}")
        own = PurchaseRequest.objects.filter(pk=request.pk)
        own.update(submitted_at=now - dt.timedelta(days=3), expires_at=now)
        held = Reservation.objects.filter(source_key=request.source_key)
        held.update(expires_at=now)
        return lambda: own.filter(status=PurchaseRequest.Status.EXPIRED).exists() and not held.exists()

    def _reservation(self, number: int, now: dt.datetime) -> Done:
        key = f"task:{number}"
        stock.reserve(source_key=key, lines={self._reserved.pk: 1}, expires_at=now, now=now)
        held = Reservation.objects.filter(source_key=key)
        return lambda: not held.exists()

    def _overdue_offer(self, now: dt.datetime) -> Done:
        offer = self._offer(now)
        offer.update(sell_by=now.date() - dt.timedelta(days=2))
        return lambda: offer.filter(status=UnsoldOffer.Status.EXPIRED).exists()

    def _waiting_offer(self, now: dt.datetime) -> Done:
        offer = self._offer(now)
        offer.update(submitted_at=now - dt.timedelta(days=3))
        return lambda: offer.filter(escalated_at__isnull=False).exists()

    def _offer(self, now: dt.datetime) -> UnsoldOfferQuerySet:
        asked = offers.terms(sell_by=now.date() + dt.timedelta(days=7))
        return UnsoldOffer.objects.filter(pk=offers.submitted(self._scene, now=now, asked=asked).pk)

    def _token(self, number: int, now: dt.datetime) -> Done:
        institution = self.users.school.institution
        user = join_institution(institution, make_user(f"former-{number}"), Role.VIEWER)
        token = make_token(user, Kind.INSTITUTION, institution.pk, now).token
        InstitutionMembership.objects.filter(user=user).update(is_active=False)
        own = AccessToken.objects.filter(pk=token.pk)
        return lambda: own.filter(revoked_at__isnull=False).exists()

    @staticmethod
    def _page(number: int, now: dt.datetime) -> Done:
        page = pages.home().add_child(
            instance=NewsIndexPage(title="新闻", slug=f"news-{number}", live=False, go_live_at=now)
        )
        page.save_revision(approved_go_live_at=now)
        own = NewsIndexPage.objects.filter(pk=page.pk)
        return lambda: own.filter(live=True).exists()
