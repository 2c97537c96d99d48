"""A payment gateway that moves no money: for development, tests and the demo, never for production.

It behaves as real ones do: a signed way to a page of its own, a transaction number for each way, a signed
notification that may come late or twice, and refunds.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.urls import reverse

from marketplace.procurement.gateways import Charge, NotGenuine, Paid

PAGE_SALT = "procurement.sandbox.page"
NOTIFICATION_SALT = "procurement.sandbox.notification"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the sandbox's page knows: the charge, and the transaction number that paying it will have."""

    reference: str
    transaction: str
    amount_fen: int
    subject: str
    expires_at: datetime
    return_url: str


class SandboxGateway:
    """Takes no money and says that it does."""

    name = "sandbox"
    is_sandbox = True

    def start(self, charge: Charge) -> str:
        """The sandbox's page, its ticket in the address."""
        values = {
            "reference": charge.reference,
            "transaction": f"SANDBOX-{secrets.token_hex(8)}",
            "amount_fen": charge.amount_fen,
            "subject": charge.subject,
            "expires_at": charge.expires_at.isoformat(),
            "return_url": charge.return_url,
        }
        return reverse("sandbox_payment", args=[signing.dumps(values, salt=PAGE_SALT, compress=True)])

    def verify(self, *, body: bytes, headers: Mapping[str, str]) -> Paid:
        """What a notification of `notification_of` says."""
        return Paid(**opened(body.decode(errors="replace"), NOTIFICATION_SALT))

    def refund(self, *, transaction: str, amount_fen: int, key: str) -> str:
        """A number; no money had moved, so none moves back."""
        return f"{transaction}-{key}"


def ticket_of(token: str) -> Ticket:
    """What stands in the address of the sandbox's page.

    Raises:
        NotGenuine: the sandbox did not make it.
    """
    values = opened(token, PAGE_SALT)
    return Ticket(**{**values, "expires_at": datetime.fromisoformat(values["expires_at"])})


def notification_of(ticket: Ticket) -> bytes:
    """What the sandbox tells the market once the ticket is paid; the same however often it is paid."""
    values = {name: getattr(ticket, name) for name in ("reference", "transaction", "amount_fen")}
    return signing.dumps(values, salt=NOTIFICATION_SALT).encode()


def opened(token: str, salt: str) -> dict[str, Any]:
    """The values of a token that the sandbox has signed."""
    try:
        values: dict[str, Any] = signing.loads(token, salt=salt)
    except signing.BadSignature as error:
        raise NotGenuine from error
    return values
