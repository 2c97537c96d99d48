"""Django's way of sending mail, which ends in the outbox: what libraries send leaves as all else does."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from marketplace.outbox import letters, services


class OutboxEmailBackend(BaseEmailBackend):
    """Mails are owed with the transaction in which they are sent; the relay posts them."""

    def __init__(self, **options: Any) -> None:
        """A failure to owe is the database's and never silent; log-ins are the relay's backend's."""
        super().__init__()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many mails are owed; those without a receiver are not."""
        addressed = [letter for letter in email_messages if letter.recipients()]
        for letter in addressed:
            services.enqueue(
                topic=services.LETTER,
                payload=letters.payload_of(letter),
                dedupe_key=f"{services.LETTER}:{uuid.uuid4().hex}",
                now=timezone.now(),
            )
        return len(addressed)
