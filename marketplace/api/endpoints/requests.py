"""/requests: what an institution's members ask for and others decide, or an individual pays."""

from __future__ import annotations

from typing import Annotated, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Header, Query, Router
from ninja.responses import Status
from pydantic import StringConstraints

from marketplace.access_tokens.memberships import Kind
from marketplace.api import cursors, lines, scope
from marketplace.api.answers.requests import detail, purchase_out, summary
from marketplace.api.auth import AccessTokenAuth, ApiRequest, require_kind
from marketplace.api.schemas.requests import (
    PaymentWayOut,
    PurchaseOut,
    ReasonIn,
    RequestDetail,
    RequestFilters,
    RequestIn,
    RequestPage,
)
from marketplace.procurement import queries
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import direct, online, placing, requests
from marketplace.procurement.services.delivery import Delivery
from marketplace.procurement.services.direct import Wanted

router = Router(tags=[_("Purchase requests")], auth=AccessTokenAuth())
IdempotencyKey = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,64}$")]


@router.get("", response=RequestPage, summary=_("The purchase requests of the institution or the individual"))
def list_requests(request: ApiRequest, filters: Query[RequestFilters]) -> RequestPage:
    """The newest first."""
    found = scope.requests_of(request.auth)
    if filters.status:
        found = found.filter(status=filters.status)
    rows, cursor = cursors.page(
        found,
        cursor=filters.cursor,
        limit=filters.limit,
        query={"list": "requests", "for": request.auth.membership.key, **filters.narrowing},
        newest_first=True,
    )
    return RequestPage(items=[summary(row) for row in rows], next_cursor=cursor)


@router.post("", response={201: RequestDetail}, summary=_("Submit a purchase request"))
def submit(
    request: ApiRequest,
    body: RequestIn,
    idempotency_key: Annotated[IdempotencyKey, Header(alias="Idempotency-Key")],
) -> Status[RequestDetail]:
    """The same key with the same body gives the same request, with another body a 409."""
    require_kind(request.auth, *scope.BUYERS)
    with lines.named(body.lines, "stock_record_id"):
        made = _submitted(request, body, idempotency_key)
    return Status(201, _detail(request, made.pk))


def _submitted(request: ApiRequest, body: RequestIn, key: str) -> PurchaseRequest:
    """The request that the service makes of the body, for the token's membership."""
    asked: Any = {
        "user": request.user,
        "key": key,
        "lines": wanted(body),
        "delivery": delivery_of(body),
        "now": timezone.now(),
        "seen_fen": body.expected_total_fen,
    }
    if request.auth.membership.kind == Kind.INDIVIDUAL:
        return direct.check_out_lines(**asked)
    return direct.submit_lines(institution=scope.institution_of(request.auth), **asked)


@router.get("/{int:request_id}", response=RequestDetail, summary=_("One purchase request"))
def get_request(request: ApiRequest, request_id: int) -> RequestDetail:
    """With its lines, its trail and the purchase that it became."""
    return _detail(request, own_request(request, request_id).pk)


@router.post("/{int:request_id}/approve", response=PurchaseOut, summary=_("Approve a purchase request"))
def approve(request: ApiRequest, request_id: int) -> PurchaseOut:
    """A second approval gives the same purchase."""
    own = own_request(request, request_id)
    purchase = placing.approve_request(request_id=own.pk, approver=request.user, now=timezone.now())
    return purchase_out(purchase)


@router.post("/{int:request_id}/reject", response=RequestDetail, summary=_("Reject a purchase request"))
def reject(request: ApiRequest, request_id: int, body: ReasonIn) -> RequestDetail:
    """The requester reads the reason."""
    own = own_request(request, request_id)
    requests.reject_request(request_id=own.pk, approver=request.user, reason=body.reason, now=timezone.now())
    return _detail(request, own.pk)


@router.post("/{int:request_id}/withdraw", response=RequestDetail, summary=_("Withdraw a purchase request"))
def withdraw(request: ApiRequest, request_id: int) -> RequestDetail:
    """By who submitted it."""
    own = own_request(request, request_id)
    requests.withdraw_request(request_id=own.pk, actor=request.user, now=timezone.now())
    return _detail(request, own.pk)


@router.post("/{int:request_id}/pay", response=PaymentWayOut, summary=_("Individual: where to pay for it"))
def start_payment(request: ApiRequest, request_id: int) -> PaymentWayOut:
    """The gateway's page, which leads back to the purchase's; what is paid there becomes a purchase."""
    own = own_request(request, request_id)
    purchase_page = reverse("shopper:purchase", args=[own.pk])
    way = online.start_payment(
        request_id=own.pk,
        user=request.user,
        return_url=request.build_absolute_uri(purchase_page),
        now=timezone.now(),
    )
    return PaymentWayOut(
        payment_url=request.build_absolute_uri(way), amount_fen=own.total_fen, expires_at=own.expires_at
    )


def wanted(body: RequestIn) -> dict[int, Wanted]:
    """Stock record → what is wanted of it, as the service takes it."""
    asked = lines.by_key(body.lines, "stock_record_id")
    return {pk: Wanted(line.quantity, line.campaign_id) for pk, line in asked.items()}


def delivery_of(body: RequestIn) -> Delivery:
    """Where to, what for and by when, as the service takes it."""
    return Delivery(
        purpose=body.purpose,
        wanted_on=body.wanted_on,
        recipient=body.delivery.recipient,
        recipient_phone=body.delivery.recipient_phone,
        delivery_region_id=body.delivery.region_code,
        delivery_address=body.delivery.address,
    )


def own_request(request: ApiRequest, request_id: int) -> PurchaseRequest:
    """The membership's request. Raises PurchaseRequest.DoesNotExist for another's."""
    return scope.requests_of(request.auth).get(pk=request_id)


def _detail(request: ApiRequest, request_id: int) -> RequestDetail:
    return detail(queries.request_with_lines(request.user, request_id))
