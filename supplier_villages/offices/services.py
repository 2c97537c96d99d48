"""Offices, written: opened, and people put in and taken out."""

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from marketplace.accounts.models import User
from marketplace.core.audit.services import record
from supplier_villages.offices.errors import InactiveUserError, NoOfficeForVillageError, OfficeExistsError
from supplier_villages.offices.levels import LEVEL_OF_REGION
from supplier_villages.offices.models import Office, OfficeMembership
from supplier_villages.offices.queries import members_of
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region


@transaction.atomic
def create_office(*, region: Region, name: str) -> Office:
    """The new office of the region, at the region's level.

    Raises NoOfficeForVillageError, OfficeExistsError.
    """
    level = LEVEL_OF_REGION.get(Level(region.level))
    if level is None:
        raise NoOfficeForVillageError
    try:
        with transaction.atomic():
            office = Office.objects.create(region=region, level=level, name=name)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise OfficeExistsError from None
    record(
        action="offices.created", target=office, after={"region": region.code, "level": level, "name": name}
    )
    return office


@transaction.atomic
def add_member(*, office: Office, user: User) -> OfficeMembership:
    """The person works in the office from now on, again if they had left; no change if they do already.

    Raises InactiveUserError.
    """
    if not User.objects.select_for_update().get(pk=user.pk).is_active:
        raise InactiveUserError
    Office.objects.select_for_update().get(pk=office.pk)
    before = _member_names(office)
    membership, created = OfficeMembership.objects.get_or_create(office=office, user=user)
    rejoined = OfficeMembership.objects.filter(pk=membership.pk, is_active=False).update(is_active=True)
    if created or rejoined:
        membership.is_active = True
        _record("offices.member_added", office, user, before)
    return membership


@transaction.atomic
def remove_member(*, office: Office, user: User) -> None:
    """The person no longer works in the office; no change if they did not."""
    Office.objects.select_for_update().get(pk=office.pk)
    before = _member_names(office)
    if OfficeMembership.objects.filter(office=office, user=user, is_active=True).update(is_active=False):
        _record("offices.member_removed", office, user, before)


def _member_names(office: Office) -> list[str]:
    return [membership.user.get_full_name() for membership in members_of(office)]


def _record(action: str, office: Office, user: User, before: list[str]) -> None:
    record(
        action=action,
        target=office,
        before={"members": before},
        after={"members": _member_names(office), "user": user.pk},
    )
