"""Where a person works: one entry for each organisation, asked from each kind of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.partner import queries as suppliers
from marketplace.accounts.models import User
from marketplace.accounts.page_roles import page_role_of
from marketplace.accounts.permissions import can_operate
from marketplace.institutions import queries as institutions
from marketplace.institutions.models import InstitutionMembership
from supplier_villages.offices.queries import offices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One way in a portal's rail and bottom bar; `count` is what waits there."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation for which a person acts, in a portal's switcher; `count` is what waits there."""

    name: str
    note: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Workplace:
    """One thing that a person may do here; without `url` it has no pages yet."""

    label: str
    note: str
    icon: str
    url: str = ""


def operator_workplaces(user: User) -> list[Workplace]:
    """The operator's portal, for staff."""
    if not can_operate(user):
        return []
    return [
        Workplace(
            _("Run the platform"), _("Users, offices, audit trail"), "settings", reverse("operator:home")
        ),
    ]


def page_workplaces(user: User) -> list[Workplace]:
    """The editors' desk, for editors, reviewers and administrators."""
    role = page_role_of(user)
    if not (role or user.is_superuser):
        return []
    note = str(role.label) if role else _("News, campaigns, stories")
    return [Workplace(_("Edit pages"), note, "pencil", reverse("wagtailadmin_home"))]


def office_workplaces(user: User) -> list[Workplace]:
    """The offices in which the person works."""
    return [
        Workplace(
            office.name,
            office.get_level_display(),
            "landmark",
            office_url(office.region_id),
        )
        for office in offices_of(user)
    ]


def supplier_workplaces(user: User) -> list[Workplace]:
    """The suppliers for which the person acts."""
    verb = _("Sell for the village")
    return [
        Workplace(
            each.partner.name,
            f"{verb} · {each.get_role_display()}",
            "sprout",
            supplier_url(each.partner_id),
        )
        for each in suppliers.memberships_of(user)
    ]


def buyer_workplaces(user: User) -> list[Workplace]:
    """The institutions for which the person asks, approves, accepts or pays."""
    verb = _("Buy for my institution")
    memberships = institutions.memberships_of(user)
    held = [list(group) for _pk, group in groupby(memberships, lambda each: each.institution_id)]
    return [
        Workplace(
            roles[0].institution.name,
            f"{verb} · {roles_of(roles)}",
            "building-2",
            buyer_url(roles[0].institution_id),
        )
        for roles in held
    ]


SOURCES: tuple[Callable[[User], Iterable[Workplace]], ...] = (
    buyer_workplaces,
    operator_workplaces,
    page_workplaces,
    office_workplaces,
    supplier_workplaces,
)


def office_url(region_code: str) -> str:
    """The front page of the portal of the region's office."""
    return reverse("office:home", args=[region_code])


def supplier_url(supplier_id: int) -> str:
    """The front page of the suppliers' portal, for this supplier."""
    return reverse("supplier:home", query={"supplier": supplier_id})


def buyer_url(institution_id: int) -> str:
    """The front page of the buyers' portal, for this institution."""
    return reverse("buyer:home", query={"institution": institution_id})


def roles_of(memberships: Iterable[InstitutionMembership]) -> str:
    """What a person is in one institution, in the roles' own order."""
    held = {each.role for each in memberships}
    return " · ".join(str(role.label) for role in InstitutionMembership.Role if role in held)


def workplaces_of(user: User) -> list[Workplace]:
    """All that the person may do, in the order of SOURCES; an ordinary buyer has none."""
    return [place for source in SOURCES for place in source(user)]
