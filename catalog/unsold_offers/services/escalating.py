"""The city is told of what has waited too long at its counties' offices."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from catalog.unsold_offers.models import UnsoldOffer
from marketplace.core.audit import services as audit
from marketplace.outbox import services as outbox
from marketplace.outbox.services import Mail
from supplier_villages.offices.models import Office, OfficeMembership

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

PATIENCE = timedelta(hours=48)


@transaction.atomic
def escalate_waiting(*, now: datetime) -> int:
    """Tells each city's office once of every offer that has waited for 48 hours; how many. Twice equals once.

    Where a city has no office, or nobody in it has an e-mail address, its offers stay for the next time.
    """
    rows = UnsoldOffer.objects.unescalated(now - PATIENCE).select_for_update(of=("self",), skip_locked=True)
    waiting = list(rows.select_related("product", "village").order_by("village_id", "pk"))
    by_city = {city: list(group) for city, group in groupby(waiting, key=_city_code)}
    told = 0
    for office, addresses in _city_offices(by_city):
        told += _tell(office, addresses, by_city[office.region_id], now)
    return told


def _city_code(offer: UnsoldOffer) -> str:
    return f"{offer.village_id[:4]}00"


def _city_offices(city_codes: Collection[str]) -> list[tuple[Office, list[str]]]:
    """The offices of these cities in which somebody can be written to, with the addresses; two queries."""
    offices = Office.objects.filter(region_id__in=list(city_codes)).top_down()
    members = OfficeMembership.objects.active().filter(office__region_id__in=list(city_codes))
    found: dict[int, list[str]] = {}
    for office_id, email in members.order_by("pk").values_list("office_id", "user__email"):
        if email:
            found.setdefault(office_id, []).append(email)
    return [(office, found[office.pk]) for office in offices if office.pk in found]


def _tell(office: Office, addresses: list[str], offers: list[UnsoldOffer], now: datetime) -> int:
    pks = [offer.pk for offer in offers]
    mail = Mail(
        to=addresses,
        template="offers_waiting",
        context={
            "count": len(offers),
            "hours": int(PATIENCE.total_seconds() // 3600),
            "offers": [f"{offer.product.title} · {offer.village.name}" for offer in offers[:10]],
            "action_url": f"{settings.WAGTAILADMIN_BASE_URL}/office/",
        },
        dedupe_key=f"offers_waiting:{office.pk}:{pks[0]}:{now.isoformat()}",
    )
    outbox.enqueue_mails(mails=[mail], now=now)
    audit.record(action="unsold_offers.escalated", target=office, after={"offers": pks})
    return UnsoldOffer.objects.filter(pk__in=pks).update(escalated_at=now)
