"""Members and parents changed at the same moment: one head stays, nothing stands above itself."""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from catalog.partner import services as suppliers
from catalog.partner.models import SupplierMembership
from catalog.partner.services import members as supplier_members
from marketplace.accounts import memberships
from marketplace.accounts.models import User
from marketplace.institutions import services as institutions
from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.institutions.services import members as institution_members
from marketplace.institutions.services import registry
from marketplace.institutions.services.registry import InvalidInstitution, Registration
from tests.factories import goods, regions, trade
from tests.factories.members import Role, SupplierRole, join_institution, join_supplier
from tests.factories.users import make_user
from tests.threads import PATIENCE_SECONDS, run_together

pytestmark = pytest.mark.usefixtures("race_database")


def outcome(action: Callable[[], object]) -> str:
    """`removed` or `refused`."""
    try:
        action()
    except PermissionDenied:
        return "refused"
    return "removed"


def mutual_removals_at_a_school() -> tuple[list[Callable[[], str]], Callable[[], int]]:
    """Each of two heads removes the other; and how many heads there are."""
    school = trade.unit().institution
    InstitutionMembership.objects.filter(role=Role.HEAD).delete()
    heads = [join_institution(school, make_user(f"boss-{number}"), Role.HEAD) for number in range(2)]
    remove = partial(institutions.remove_member, institution=school)
    left = InstitutionMembership.objects.filter(role=Role.HEAD, is_active=True)
    return _each_other(remove, heads), left.count


def mutual_removals_at_a_supplier() -> tuple[list[Callable[[], str]], Callable[[], int]]:
    """The same at a supplier."""
    supplier = goods.supplier()
    heads = [join_supplier(supplier, make_user(f"boss-{number}"), SupplierRole.HEAD) for number in range(2)]
    remove = partial(suppliers.remove_member, supplier=supplier)
    left = SupplierMembership.objects.filter(role=SupplierRole.HEAD, is_active=True)
    return _each_other(remove, heads), left.count


def _each_other(remove: Callable[..., None], heads: list[User]) -> list[Callable[[], str]]:
    first, second = heads
    return [
        partial(outcome, partial(remove, user=first, actor=second)),
        partial(outcome, partial(remove, user=second, actor=first)),
    ]


def without_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes do not wait for each other: both see that a head is left before either acts on it."""
    barrier, ask = Barrier(2), memberships.require_head_left

    def asked(**question: Any) -> None:
        ask(**question)
        barrier.wait(PATIENCE_SECONDS)

    for members in (institution_members, supplier_members):
        monkeypatch.setattr(members, "lock", lambda _organisation: None)
    monkeypatch.setattr(memberships, "require_head_left", asked)


PLACES = [mutual_removals_at_a_school, mutual_removals_at_a_supplier]


@pytest.mark.parametrize("place", PLACES)
def test_without_taking_turns_nobody_is_left(
    place: Callable[[], tuple[list[Callable[[], str]], Callable[[], int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    regions.jieyang()
    removals, heads_left = place()
    without_turns(monkeypatch)
    assert run_together(removals) == ["removed", "removed"]
    assert heads_left() == 0


@pytest.mark.parametrize("place", PLACES)
def test_of_two_heads_who_remove_each_other_one_stays(
    place: Callable[[], tuple[list[Callable[[], str]], Callable[[], int]]],
) -> None:
    regions.jieyang()
    removals, heads_left = place()
    assert sorted(run_together(removals)) == ["refused", "removed"]
    assert heads_left() == 1


def each_under_the_other() -> list[str]:
    """What comes of putting each of two institutions under the other at once."""
    region = regions.jieyang()
    kind = Institution.Kind.DEPARTMENT
    first, second = (Institution.objects.create(name=name, kind=kind, region=region) for name in ("甲", "乙"))

    def put_under(unit: Institution, parent: Institution) -> str:
        asked = Registration(name=unit.name, kind=kind, region=region, parent=parent)
        try:
            institutions.change_institution(institution=unit, registration=asked)
        except InvalidInstitution as refusal:
            return next(iter(refusal.problems))
        return "changed"

    answers = run_together([partial(put_under, first, second), partial(put_under, second, first)])
    return sorted(answers)


def test_without_taking_turns_two_changes_close_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    barrier, ask = Barrier(2), registry.stands_above

    def asked(institution: Institution, unit: Institution) -> bool:
        answer = ask(institution, unit)
        barrier.wait(PATIENCE_SECONDS)
        return answer

    monkeypatch.setattr(registry.locks, "advisory_lock", lambda _namespace, _key: None)
    monkeypatch.setattr(registry, "stands_above", asked)
    assert each_under_the_other() == ["changed", "changed"]
    assert not Institution.objects.filter(name__in=("甲", "乙"), parent=None).exists()


def test_two_changes_at_once_close_no_circle() -> None:
    assert each_under_the_other() == ["changed", "parent"]
    assert Institution.objects.filter(name__in=("甲", "乙"), parent=None).count() == 1
