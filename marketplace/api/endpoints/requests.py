"""/requests: what an institution's members ask for and others decide."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Header, Query, Router
from ninja.responses import Status
from pydantic import StringConstraints

from marketplace.api import cursors, lines, scope
from marketplace.api.answers.requests import detail, purchase_out, summary
from marketplace.api.auth import AccessTokenAuth, ApiRequest
from marketplace.api.schemas.requests import (
    PurchaseOut,
    ReasonIn,
    RequestDetail,
    RequestFilters,
    RequestIn,
    RequestPage,
)
from marketplace.procurement import queries
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import direct, placing, requests
from marketplace.procurement.services.delivery import Delivery

router = Router(tags=[_("Purchase requests")], auth=AccessTokenAuth())
IdempotencyKey = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,64}$")]


@router.get("", response=RequestPage, summary=_("The institution's purchase requests"))
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
    institution = scope.institution_of(request.auth)
    now = timezone.now()
    with lines.named(body.lines, "stock_record_id"):
        made = direct.submit_lines(
            user=request.user,
            institution=institution,
            key=idempotency_key,
            quantities=lines.quantities(body.lines, "stock_record_id"),
            delivery=delivery_of(body),
            now=now,
        )
    return Status(201, _detail(request, made.pk))


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
