"""After 48 hours the city is told, once."""

import datetime as dt

import pytest
from django.core import mail

from catalog.unsold_offers import services
from marketplace.core.audit.models import AuditEntry
from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.outbox_handlers import send_mail
from tests.factories import offers
from tests.factories.goods import NOW
from tests.factories.offers import CITY, Scene
from tests.factories.offices import make_office
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db

LATE = NOW + dt.timedelta(hours=48)


@pytest.fixture
def scene() -> Scene:
    return offers.scene()


def test_the_city_is_told_once_after_48_hours(scene: Scene) -> None:
    city = make_office(CITY, make_user("city", email="city@example.org"), make_user("no-address"))
    waiting = offers.submitted(scene)
    offers.recognised(scene)
    offers.filled(scene)
    assert services.escalate_waiting(now=LATE - dt.timedelta(seconds=1)) == 0
    assert services.escalate_waiting(now=LATE) == 1
    assert services.escalate_waiting(now=LATE + dt.timedelta(days=1)) == 0
    message = OutboxMessage.objects.get()
    assert (message.payload["to"], message.payload["template"]) == ("city@example.org", "offers_waiting")
    assert message.payload["context"]["count"] == 1
    assert message.payload["context"]["offers"] == ["竹笋 · 港美村委会"]
    waiting.refresh_from_db()
    assert waiting.escalated_at == LATE
    entry = AuditEntry.objects.get(action="unsold_offers.escalated")
    assert (entry.object_id, entry.after) == (str(city.pk), {"offers": [waiting.pk]})


def test_what_nobody_could_be_told_of_waits_for_the_next_time(scene: Scene) -> None:
    offers.submitted(scene)
    assert services.escalate_waiting(now=LATE) == 0
    make_office(CITY, make_user("city", email="city@example.org"))
    assert services.escalate_waiting(now=LATE) == 1


def test_a_member_with_a_long_address_is_told_like_any_other(scene: Scene) -> None:
    address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 49}.example.org"
    assert len(address) == 254
    make_office(CITY, make_user("city", email=address))
    offers.submitted(scene)
    assert services.escalate_waiting(now=LATE + dt.timedelta(microseconds=1)) == 1
    assert OutboxMessage.objects.get().payload["to"] == address


def test_what_is_submitted_again_waits_anew(scene: Scene) -> None:
    make_office(CITY, make_user("city", email="city@example.org"))
    offer = offers.submitted(scene)
    services.escalate_waiting(now=LATE)
    services.return_offer(offer_id=offer.pk, reason="照片不清楚", actor=scene.officer, now=LATE)
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=LATE)
    assert services.escalate_waiting(now=LATE + dt.timedelta(hours=47)) == 0
    assert services.escalate_waiting(now=LATE + dt.timedelta(hours=48)) == 1


@pytest.mark.parametrize("count", [1, 12])
def test_telling_costs_the_same_whatever_waits(
    scene: Scene, django_assert_num_queries: object, count: int
) -> None:
    make_office(CITY, make_user("city", email="city@example.org"))
    for _ in range(count):
        offers.submitted(scene)
    with django_assert_num_queries(8):  # type: ignore[operator]
        assert services.escalate_waiting(now=LATE) == count


def test_the_mail_says_what_waits_in_text_and_in_html(scene: Scene) -> None:
    make_office(CITY, make_user("city", email="city@example.org"))
    offers.submitted(scene)
    services.escalate_waiting(now=LATE)
    send_mail(OutboxMessage.objects.get())
    letter = mail.outbox[0]
    html = str(letter.alternatives[0][0])  # type: ignore[attr-defined]
    assert letter.to == ["city@example.org"]
    for text in (str(letter.body), html):
        assert "竹笋 · 港美村委会" in text
        assert "48" in text
        assert "/office/" in text
