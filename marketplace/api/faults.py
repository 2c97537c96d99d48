"""What services, permissions and the library raise, as refusals."""

from __future__ import annotations

from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from catalog.partner.services import InvalidQuantity
from marketplace.api.problems import Refusal, answer, not_found
from marketplace.api.words import explanation
from marketplace.core.unavailable import AWAY, RETRY_SECONDS
from marketplace.procurement.gateways import NoGateway
from marketplace.procurement.services.delivery import InvalidDelivery
from marketplace.procurement.services.direct import KeyReused
from marketplace.procurement.services.fulfilment import CertificateMissing
from marketplace.procurement.services.orders import IllegalMove, OrderChanged, ReasonMissing
from marketplace.procurement.services.payments import (
    AlreadyConfirmed,
    AlreadyRecorded,
    InvalidTransfer,
    WrongAmount,
)
from marketplace.procurement.services.requests import NotPending, PricesChanged

logger = structlog.get_logger(__name__)
# The state of things does not allow it.
CONFLICTS: dict[type[Exception], str] = {
    IllegalMove: "illegal_move",
    OrderChanged: "order_changed",
    NotPending: "not_pending",
    KeyReused: "key_reused",
    PricesChanged: "prices_changed",
    AlreadyRecorded: "already_recorded",
    AlreadyConfirmed: "already_confirmed",
    NoGateway: "no_gateway",
}
# Another value in this field would do.
FIELDS: dict[type[Exception], str] = {
    ReasonMissing: "reason",
    CertificateMissing: "certificates",
    WrongAmount: "amount_fen",
    InvalidQuantity: "lines",
    PricesChanged: "expected_total_fen",
}
# The error's `problems` say which field; what the API calls otherwise than the service stands in NAMES.
PROBLEMS: tuple[type[InvalidDelivery | InvalidTransfer], ...] = (InvalidDelivery, InvalidTransfer)
NAMES = {"delivery_region": "delivery.region_code"}
SOURCES = {"body", "query", "path", "header"}


def refusal_of(error: Exception) -> Refusal:
    """What to answer to an error that a caller can cause.

    Raises:
        the error itself: nobody's call should have caused it.
    """
    kind = type(error)
    if isinstance(error, Refusal):
        return error
    fields = {FIELDS[kind]: str(error)} if kind in FIELDS else {}
    if kind in CONFLICTS:
        return Refusal(409, CONFLICTS[kind], str(error), fields)
    if fields:
        return Refusal(422, "invalid", str(error), fields)
    if isinstance(error, PROBLEMS):
        problems = {NAMES.get(name, name): problem for name, problem in error.problems.items()}
        return Refusal(422, "invalid", str(error), problems)
    if isinstance(error, PermissionDenied):
        return Refusal(403, "not_allowed", str(error) or _("You are not allowed to do this."))
    if isinstance(error, (Http404, ObjectDoesNotExist)):
        return not_found()
    raise error


def invalid(error: ValidationError) -> Refusal:
    """Every field that is not right, by its path."""
    errors = {_path(each["loc"]): explanation(each) for each in error.errors}
    return Refusal(422, "invalid", _("See “errors” for what to change."), errors)


def unreadable(error: HttpError) -> Refusal:
    """A body that is no JSON."""
    if error.status_code != 400:
        raise error
    return Refusal(400, "no_json", _("The body must be JSON in UTF-8."))


def suspicious(_error: SuspiciousOperation) -> Refusal:
    """What Django itself does not read on, such as an address with a thousand parameters."""
    return Refusal(400, "unreadable", _("This request cannot be read."))


def unavailable(error: Exception) -> Refusal:
    """Something that the call needs is away, as the database is while it restarts."""
    logger.error("a call could not be answered", error=type(error).__name__, exc_info=error)
    detail = _("A part of the market is just away. Send the same call again in half a minute.")
    return Refusal(503, "unavailable", detail, headers={"Retry-After": str(RETRY_SECONDS)})


def no_token() -> Refusal:
    """Neither a token nor the way to send one was found."""
    detail = _("Send your token in the header “Authorization: Bearer …”. You make it on your account's page.")
    return Refusal(401, "no_token", detail, headers={"WWW-Authenticate": "Bearer"})


def register(api: NinjaAPI) -> None:
    """Answers all of these with problems."""

    def handle(kind: type[Exception], refusal: Any) -> None:
        def handler(_request: HttpRequest, error: Any) -> HttpResponse:
            return answer(refusal(error))

        api.add_exception_handler(kind, handler)

    handle(ValidationError, invalid)
    handle(HttpError, unreadable)
    handle(SuspiciousOperation, suspicious)
    handle(AuthenticationError, lambda _error: no_token())
    for kind in AWAY:
        handle(kind, unavailable)
    kinds: tuple[type[Exception], ...] = (Refusal, PermissionDenied, Http404, ObjectDoesNotExist)
    for kind in (*kinds, *CONFLICTS, *FIELDS, *PROBLEMS):
        handle(kind, refusal_of)


def _path(place: tuple[str | int, ...]) -> str:
    """body, body, lines, 0, quantity → lines.0.quantity: without what only the library calls so."""
    inner = [str(step) for step in place if step not in SOURCES]
    return ".".join(step for step in inner if step not in {"filters"}) or "body"
