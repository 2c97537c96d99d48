"""Access tokens: made for a membership, shown once, worthless as soon as the membership is."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from catalog.partner import services as suppliers
from marketplace.access_tokens import services
from marketplace.access_tokens.memberships import Kind, Membership, memberships_of
from marketplace.access_tokens.models import AccessToken
from marketplace.access_tokens.queries import Fault, UnusableToken, tokens_of, usable_token
from marketplace.accounts.services import deactivate_user
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions import services as institutions
from supplier_villages.offices import services as offices
from tests.factories import trade
from tests.factories.access_tokens import make_token
from tests.factories.members import Role, join_institution
from tests.factories.offices import make_office
from tests.factories.users import make_user

NOW = datetime.fromisoformat("2020-03-16T10:00:00+08:00")

pytestmark = pytest.mark.django_db


def fault_of(secret: str, now: datetime = NOW) -> Fault:
    """Why the token opens nothing."""
    with pytest.raises(UnusableToken) as caught:
        usable_token(secret, now=now)
    return caught.value.fault


def test_a_person_can_act_for_each_of_their_organisations_and_for_themselves() -> None:
    trade.land()
    school, farm, office = trade.unit(), trade.seller(), make_office("445203")
    person = farm.cadre
    join_institution(school.institution, person, Role.APPROVER, Role.FINANCE)
    offices.add_member(office=office, user=person)
    assert memberships_of(person) == {
        Membership(Kind.SUPPLIER, farm.supplier.pk): farm.supplier.name,
        Membership(Kind.INSTITUTION, school.institution.pk): school.institution.name,
        Membership(Kind.OFFICE, office.pk): office.name,
        Membership(Kind.INDIVIDUAL): person.get_full_name(),
    }


def test_a_token_is_found_by_its_secret_and_only_its_hash_is_kept() -> None:
    trade.land()
    farm = trade.seller()
    issued = make_token(farm.cadre, Kind.SUPPLIER, farm.supplier.pk, NOW)
    found = usable_token(issued.secret, now=NOW)
    assert (found, found.user, found.membership) == (
        issued.token,
        farm.cadre,
        Membership(Kind.SUPPLIER, farm.supplier.pk),
    )
    assert issued.secret.startswith("fupin_")
    assert len(issued.secret) == 6 + 43
    row = AccessToken.objects.values().get()
    assert issued.secret not in str(row)
    assert issued.secret not in str(list(AuditEntry.objects.values()))
    assert fault_of(issued.secret[:-1]) is Fault.UNKNOWN


def test_nobody_makes_a_token_for_an_organisation_that_is_not_theirs() -> None:
    trade.land()
    own, foreign = trade.seller(), trade.seller("另一家合作社")
    with pytest.raises(PermissionDenied):
        make_token(own.cadre, Kind.SUPPLIER, foreign.supplier.pk, NOW)
    assert AccessToken.objects.count() == 0


def test_a_token_expires_at_its_moment() -> None:
    user = make_user()
    secret = make_token(user, Kind.INDIVIDUAL, None, NOW, expires_at=NOW + timedelta(days=1)).secret
    assert usable_token(secret, now=NOW + timedelta(days=1, seconds=-1)).user == user
    assert fault_of(secret, NOW + timedelta(days=1)) is Fault.EXPIRED


def test_a_revoked_token_opens_nothing_and_is_revoked_once() -> None:
    user, other = make_user(), make_user("other")
    issued = make_token(user, Kind.INDIVIDUAL, None, NOW)
    with pytest.raises(AccessToken.DoesNotExist):
        services.revoke_token(user=other, token_id=issued.token.pk, now=NOW)
    services.revoke_token(user=user, token_id=issued.token.pk, now=NOW)
    services.revoke_token(user=user, token_id=issued.token.pk, now=NOW + timedelta(hours=1))
    assert fault_of(issued.secret) is Fault.REVOKED
    assert AccessToken.objects.get().revoked_at == NOW
    assert AuditEntry.objects.filter(action="access_tokens.revoked").count() == 1
    assert list(tokens_of(user)) == []


def test_a_token_ends_with_the_membership_and_stays_ended_when_the_person_comes_back() -> None:
    trade.land()
    farm, school = trade.seller(), trade.unit()
    office = make_office("445203", farm.cadre)
    join_institution(school.institution, farm.cadre, Role.FINANCE)
    organisations = (
        (Kind.SUPPLIER, farm.supplier.pk),
        (Kind.INSTITUTION, school.institution.pk),
        (Kind.OFFICE, office.pk),
    )
    secrets = [make_token(farm.cadre, kind, pk, NOW).secret for kind, pk in organisations]
    own = make_token(farm.cadre, Kind.INDIVIDUAL, None, NOW).secret
    suppliers.remove_member(supplier=farm.supplier, user=farm.cadre, actor=farm.head)
    institutions.remove_member(institution=school.institution, user=farm.cadre, actor=school.head)
    offices.remove_member(office=office, user=farm.cadre)
    assert [fault_of(secret) for secret in secrets] == [Fault.ENDED] * 3
    assert usable_token(own, now=NOW).user == farm.cadre
    assert services.revoke_ended(now=NOW) == 3
    assert services.revoke_ended(now=NOW) == 0
    suppliers.add_member(supplier=farm.supplier, user=farm.cadre, actor=farm.head)
    assert [fault_of(secret) for secret in secrets] == [Fault.REVOKED] * 3


def test_a_switched_off_user_has_no_token() -> None:
    user = make_user()
    secret = make_token(user, Kind.INDIVIDUAL, None, NOW).secret
    deactivate_user(user=user, now=NOW)
    assert fault_of(secret) is Fault.ENDED
    assert services.revoke_ended(now=NOW) == 1


def test_the_last_use_is_written_at_most_once_a_minute() -> None:
    token = make_token(make_user(), Kind.INDIVIDUAL, None, NOW).token
    for seconds in (0, 59, 60):
        services.note_use(token=AccessToken.objects.get(), now=NOW + timedelta(seconds=seconds))
        expected = NOW if seconds < 60 else NOW + timedelta(seconds=60)
        assert AccessToken.objects.get(pk=token.pk).last_used_at == expected


def test_a_token_belongs_to_one_organisation_at_most() -> None:
    trade.land()
    farm, school = trade.seller(), trade.unit()
    token = make_token(farm.cadre, Kind.SUPPLIER, farm.supplier.pk, NOW).token
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessToken.objects.filter(pk=token.pk).update(institution=school.institution)
