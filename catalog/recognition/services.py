"""Recognising and revoking; each pushes the window in which a stock record is recognised down to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner import services as partner
from catalog.partner.models import StockRecord
from catalog.recognition.models import Recognition
from marketplace.core.audit import services as audit
from marketplace.core.periods import shanghai_day, start_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from marketplace.accounts.models import User

Directory = Recognition.Directory


class InvalidRecognition(ValueError):
    """A recognition makes no sense as it stands; `field` names what is wrong, the message what to do."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an office writes when it recognises; valid in [valid_from, valid_until); capacity: sale units."""

    directory: Directory
    valid_from: date
    valid_until: date
    number: str = ""
    batch: str = ""
    yearly_capacity: int | None = None


@transaction.atomic
def recognise(
    *, stock_record: StockRecord, certificate: Certificate, actor: User, now: datetime
) -> Recognition:
    """The recognition of the product at its price of now; its origin is frozen as the product says it now.

    Raises:
        InvalidRecognition: the window does not contain today, or the product has no village of origin.
    """
    record = StockRecord.objects.select_related("product").filter(pk=stock_record.pk).locked().get()
    _require_sense(record, certificate, shanghai_day(now))
    village_code = str(record.product.origin_village_id)
    recognition = Recognition.objects.create(
        product=record.product,
        supplier_id=record.partner_id,
        stock_record=record,
        county_id=village_code[:6],
        village_code=village_code,
        directory=certificate.directory,
        number=certificate.number.strip(),
        batch=certificate.batch.strip(),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        yearly_capacity=certificate.yearly_capacity,
        recognised_price=record.price,
        decided_by=actor,
        decided_at=now,
    )
    _push_window(record.pk, now)
    audit.record(action="recognition.recognised", target=recognition, after=_summary(recognition))
    return recognition


@transaction.atomic
def revoke(*, recognition: Recognition, reason: str, now: datetime) -> None:
    """The recognition ends now; orders already placed keep their snapshot. Twice equals once.

    Raises:
        InvalidRecognition: no reason is given.
    """
    if not reason.strip():
        raise InvalidRecognition("reason", _("Say why."))
    standing = Recognition.objects.standing().filter(pk=recognition.pk)
    if standing.update(revoked_at=now, revocation_reason=reason.strip()):
        _push_window(recognition.stock_record_id, now)
        audit.record(
            action="recognition.revoked",
            target=recognition,
            before=_summary(recognition),
            after={"reason": reason.strip()},
        )
    recognition.refresh_from_db()


@transaction.atomic
def revoke_if_dearer(*, stock_record: StockRecord, reason: str, now: datetime) -> bool:
    """Whether the price is above that of a recognition in force; every such recognition ends now."""
    rows = Recognition.objects.of_stock_records([stock_record.pk]).in_force(now)
    dearer = list(rows.filter(recognised_price__lt=stock_record.price).order_by("pk"))
    for recognition in dearer:
        revoke(recognition=recognition, reason=reason, now=now)
    return bool(dearer)


def _push_window(stock_record_id: int, now: datetime) -> None:
    """The window around now of all recognitions that stand, in whichever directory; none closes it."""
    in_force = Recognition.objects.of_stock_records([stock_record_id]).in_force(now)
    windows = list(in_force.values_list("valid_from", "valid_until"))
    partner.set_recognised_window(
        stock_record_id=stock_record_id,
        start=start_of(min(start for start, _end in windows)) if windows else None,
        end=start_of(max(end for _start, end in windows)) if windows else None,
        now=now,
    )


def _require_sense(record: StockRecord, certificate: Certificate, today: date) -> None:
    if record.product.origin_village_id is None:
        raise InvalidRecognition("village", _("The product has no village of origin."))
    if certificate.valid_until <= today:
        raise InvalidRecognition("valid_until", _("The last day has passed already."))
    if certificate.valid_from > today:
        raise InvalidRecognition("valid_from", _("A recognition begins today or earlier."))
    if certificate.yearly_capacity is not None and certificate.yearly_capacity < 1:
        raise InvalidRecognition("yearly_capacity", _("A yearly capacity is 1 or more."))


def _summary(recognition: Recognition) -> dict[str, object]:
    return {
        "directory": recognition.directory,
        "number": recognition.number,
        "price": recognition.recognised_price,
        "valid_from": recognition.valid_from,
        "valid_until": recognition.valid_until,
    }
