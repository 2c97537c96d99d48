"""Delivery addresses, written: saved, changed, deleted, made the default.

Each buyer's book takes its changes one after another. Requests copy what they need: nothing here moves goods
that are asked for already. What becomes of an institution's addresses stands in its audit trail; a person's
own are their own affair.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.audit import services as audit
from marketplace.core.locks import advisory_lock
from marketplace.core.masks import mask_phone
from marketplace.core.permissions import require
from marketplace.institutions.models import Institution
from marketplace.procurement import permissions
from marketplace.procurement.address_books import book_of
from marketplace.procurement.models import DeliveryAddress
from marketplace.procurement.services.delivery import Destination, InvalidDelivery, region_problems

MOST_ADDRESSES = 50


class BookFull(Exception):
    """The buyer keeps as many addresses as anybody can choose among."""

    def __init__(self) -> None:
        text = _("There are %(most)d addresses already. Delete one that is no longer used.")
        super().__init__(text % {"most": MOST_ADDRESSES})


class SameAddress(Exception):
    """The book holds this address already, as another row."""

    def __init__(self) -> None:
        super().__init__(_("This address is in the list already."))


@transaction.atomic
def save_address(
    *,
    actor: User,
    institution: Institution | None,
    destination: Destination,
    is_default: bool,
    now: datetime,
) -> DeliveryAddress:
    """The address in the buyer's book: new, or the one that is the same already. The first is the default.

    Raises:
        PermissionDenied: the actor asks for nothing for this institution.
        InvalidDelivery: names the region if nothing can be delivered there.
        BookFull: there are MOST_ADDRESSES of them.
    """
    require(allowed=permissions.can_keep_addresses(actor, institution))
    book = locked_book(actor, institution)
    require_region(destination, now)
    address = book.filter(**vars(destination)).first() or added(book, actor, institution, destination)
    if is_default or not book.filter(is_default=True).exists():
        begin_with(book, address)
    return address


@transaction.atomic
def change_address(
    *,
    actor: User,
    institution: Institution | None,
    address_id: int,
    destination: Destination,
    is_default: bool,
    now: datetime,
) -> DeliveryAddress:
    """The address with these values; a default stays one until another is.

    Raises:
        PermissionDenied, InvalidDelivery: as `save_address`.
        DeliveryAddress.DoesNotExist: the buyer has no such address.
        SameAddress: another of the buyer's is the same.
    """
    require(allowed=permissions.can_keep_addresses(actor, institution))
    book = locked_book(actor, institution)
    address = book.get(pk=address_id)
    require_region(destination, now)
    if book.filter(**vars(destination)).exclude(pk=address.pk).exists():
        raise SameAddress
    before = summary(address)
    for name, value in vars(destination).items():
        setattr(address, name, value)
    address.save(update_fields=list(vars(destination)))
    after = summary(address)
    if institution and after != before:
        audit.record(action="procurement.address_changed", target=institution, before=before, after=after)
    if is_default:
        begin_with(book, address)
    return address


@transaction.atomic
def delete_address(*, actor: User, institution: Institution | None, address_id: int) -> None:
    """The address is in the book no more; of the others the newest becomes the default if it was that.

    What is not in the buyer's book (any more) is none of it afterwards either: a second time changes nothing.

    Raises:
        PermissionDenied: the actor asks for nothing for this institution.
    """
    require(allowed=permissions.can_keep_addresses(actor, institution))
    book = locked_book(actor, institution)
    address = book.filter(pk=address_id).first()
    if address is None:
        return
    if institution:
        audit.record(action="procurement.address_deleted", target=institution, before=summary(address))
    address.delete()
    newest = book.first()
    if address.is_default and newest is not None:
        begin_with(book, newest)


@transaction.atomic
def make_default(*, actor: User, institution: Institution | None, address_id: int) -> None:
    """Forms begin with this address from now on; a second time changes nothing.

    Raises:
        PermissionDenied: the actor asks for nothing for this institution.
        DeliveryAddress.DoesNotExist: the buyer has no such address (any more).
    """
    require(allowed=permissions.can_keep_addresses(actor, institution))
    book = locked_book(actor, institution)
    begin_with(book, book.get(pk=address_id))


def locked_book(actor: User, institution: Institution | None) -> QuerySet[DeliveryAddress]:
    """The buyer's addresses, which nobody else changes until the transaction ends."""
    buyer = f"institution:{institution.pk}" if institution else f"user:{actor.pk}"
    advisory_lock("delivery_addresses", buyer)
    return book_of(actor, institution)


def require_region(destination: Destination, now: datetime) -> None:
    """Goes on only if something can be delivered there. Raises InvalidDelivery."""
    if problems := region_problems(destination, now):
        raise InvalidDelivery(problems)


def added(
    book: QuerySet[DeliveryAddress], actor: User, institution: Institution | None, destination: Destination
) -> DeliveryAddress:
    """A new row of the locked book. Raises BookFull."""
    if book.count() >= MOST_ADDRESSES:
        raise BookFull
    address = DeliveryAddress.objects.create(
        institution=institution, owner=None if institution else actor, **vars(destination)
    )
    if institution:
        audit.record(action="procurement.address_added", target=institution, after=summary(address))
    return address


def begin_with(book: QuerySet[DeliveryAddress], address: DeliveryAddress) -> None:
    """The address is the locked book's default, and no other."""
    DeliveryAddress.objects.filter(pk__in=book.values("pk"), is_default=True).exclude(pk=address.pk).update(
        is_default=False
    )
    DeliveryAddress.objects.filter(pk=address.pk).update(is_default=True)


def summary(address: DeliveryAddress) -> dict[str, object]:
    """What the audit trail keeps of an address: enough to see that goods were led elsewhere."""
    return {
        "delivery_region": address.delivery_region_id,
        "delivery_address": address.delivery_address,
        "recipient": address.recipient,
        "recipient_phone": mask_phone(address.recipient_phone),
    }
