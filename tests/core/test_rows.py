"""Many new rows in one statement hold what bulk_create would have saved."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from marketplace.core import rows
from marketplace.outbox.models import OutboxMessage
from marketplace.sales_journal.models import SalesEvent

pytestmark = pytest.mark.django_db

AT = dt.datetime(2020, 3, 15, 10, 0, 0, 123456, tzinfo=dt.UTC)
DAY = dt.date(2020, 3, 15)
PAYLOADS: list[Any] = [{"words": ["“好”", "\\", "'", "\n"]}, [], "text", 1.5, {"deep": {"null": None}}]


def message(number: int) -> OutboxMessage:
    return OutboxMessage(
        topic="t",
        payload=PAYLOADS[number],
        dedupe_key=f"{number}",
        created_at=AT,
        available_at=AT,
        delivered_at=AT if number % 2 else None,
    )


def saved() -> list[dict[str, Any]]:
    fields = [field.name for field in OutboxMessage._meta.concrete_fields if field.name != "id"]
    return list(OutboxMessage.objects.order_by("dedupe_key").values(*fields))


def test_all_kinds_of_values_are_saved_as_bulk_create_saves_them() -> None:
    messages = [message(number) for number in range(len(PAYLOADS))]
    OutboxMessage.objects.bulk_create(messages)
    expected = saved()
    OutboxMessage.objects.all().delete()
    assert rows.insert([message(number) for number in range(len(PAYLOADS))])
    assert saved() == expected


def test_rows_know_their_keys_after_one_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        events = rows.insert(
            SalesEvent(key=f"k{number}", event_at=AT, booked_at=AT, counted_on=DAY) for number in range(50)
        )
    assert len(queries) == 1
    assert {event.pk: event.key for event in events} == dict(SalesEvent.objects.values_list("pk", "key"))
    events[0].refresh_from_db()
    assert (events[0].event_at, events[0].counted_on) == (AT, DAY)


def test_nothing_costs_no_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert rows.insert([]) == []
    assert len(queries) == 0


def test_constraints_hold() -> None:
    event = {"key": "k", "event_at": AT, "booked_at": AT, "counted_on": DAY}
    with pytest.raises(IntegrityError):
        rows.insert([SalesEvent(**event), SalesEvent(**event)])
