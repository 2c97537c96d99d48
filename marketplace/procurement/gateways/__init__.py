"""Who takes an individual's money: one seam, behind which the payment gateway can be exchanged.

The setting PAYMENT_GATEWAY names the class in use by its dotted path; empty: nobody can pay online here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Charge:
    """What a person is to pay: an amount in fen until `expires_at`, under a reference of ours."""

    reference: str
    amount_fen: int
    subject: str
    expires_at: datetime
    return_url: str


@dataclass(frozen=True, slots=True)
class Paid:
    """What a gateway says has been paid: the charge's reference, its own transaction number, fen."""

    reference: str
    transaction: str
    amount_fen: int


class PaymentGateway(Protocol):
    """What the market asks of a gateway; `name` stands with each payment that came through it.

    `start` is called while somebody waits for a page: it gives up after two seconds. Where the gateway does
    not answer, every call raises an OSError: who waited is asked to come again, the outbox comes by itself.
    """

    name: str
    # It moves no money, and says so wherever it appears.
    is_sandbox: bool

    def start(self, charge: Charge) -> str:
        """Where to send the payer; twice for one charge are two ways to pay it."""

    def verify(self, *, body: bytes, headers: Mapping[str, str]) -> Paid:
        """What a notification says, its signature checked.

        Raises:
            NotGenuine: it does not come from the gateway, or says nothing that can be understood.
        """

    def refund(self, *, transaction: str, amount_fen: int, key: str) -> str:
        """The number under which the money went back; the same key again moves nothing again."""


class NoGateway(Exception):
    """Nobody takes money online here."""

    def __init__(self) -> None:
        super().__init__(_("Online payment is not available here yet. Nothing has been ordered."))


class NotGenuine(Exception):
    """A notification that the gateway did not send."""


def gateway_in_use() -> PaymentGateway | None:
    """The gateway that the settings name; None where nobody can pay online."""
    if not settings.PAYMENT_GATEWAY:
        return None
    gateway: PaymentGateway = import_string(settings.PAYMENT_GATEWAY)()
    return gateway


def require_gateway() -> PaymentGateway:
    """The gateway that the settings name.

    Raises:
        NoGateway: there is none.
    """
    gateway = gateway_in_use()
    if gateway is None:
        raise NoGateway
    return gateway
