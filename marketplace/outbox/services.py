"""Owing an effect: one row in the caller's transaction, and a nudge to the relay once it is committed."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from marketplace.outbox import nudge
from marketplace.outbox.models import OutboxMessage

MAIL = "mail"
LETTER = "letter"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail to be written: templates/emails/<template>.txt and .html, and what they show.

    Everybody in `to` gets a mail of their own, so that nobody sees the others' addresses.
    """

    to: Sequence[str]
    template: str
    context: Mapping[str, Any]
    dedupe_key: str
    language: str = settings.LANGUAGE_CODE


def enqueue(*, topic: str, payload: Mapping[str, Any], dedupe_key: str, now: dt.datetime) -> None:
    """The message is owed if the caller's transaction commits; the same key again changes nothing."""
    _save([_message(topic, payload, dedupe_key, now)])


def enqueue_mail(
    *,
    to: Sequence[str],
    template: str,
    context: Mapping[str, Any],
    dedupe_key: str,
    now: dt.datetime,
    language: str = settings.LANGUAGE_CODE,
) -> None:
    """A mail to each of the addresses is owed; see `Mail`."""
    mail = Mail(to=to, template=template, context=context, dedupe_key=dedupe_key, language=language)
    enqueue_mails(mails=[mail], now=now)


def enqueue_mails(*, mails: Sequence[Mail], now: dt.datetime) -> None:
    """All of these mails are owed: one query, however many."""
    _save([_mail_message(mail, address, now) for mail in mails for address in mail.to])


def _mail_message(mail: Mail, address: str, now: dt.datetime) -> OutboxMessage:
    # A digest, for an address alone may be almost as long as a key; and a key names nobody.
    receiver = hashlib.sha256(address.encode()).hexdigest()[:32]
    payload = {
        "to": address,
        "template": mail.template,
        "context": dict(mail.context),
        "language": mail.language,
    }
    return _message(MAIL, payload, f"{mail.dedupe_key}:{receiver}", now)


def _message(topic: str, payload: Mapping[str, Any], dedupe_key: str, now: dt.datetime) -> OutboxMessage:
    return OutboxMessage(
        topic=topic, payload=dict(payload), dedupe_key=dedupe_key, created_at=now, available_at=now
    )


def _save(messages: list[OutboxMessage]) -> None:
    if not messages:
        return
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
    wake_relay_on_commit()


def wake_relay_on_commit() -> None:
    """The relay looks as soon as the caller's transaction is committed; once however often this is called.

    Whatever goes wrong with that is no concern of who has committed: the next beat looks, too.
    """
    if not any(waiting[1] is nudge.wake_relay for waiting in connection.run_on_commit):
        transaction.on_commit(nudge.wake_relay, robust=True)
