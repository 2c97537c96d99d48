"""Where a person works: one entry for each membership, asked from each kind of organisation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.partner import queries as suppliers
from marketplace.accounts.models import User
from marketplace.accounts.permissions import can_operate
from marketplace.institutions import queries as institutions
from supplier_villages.offices.queries import offices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One way in a portal's rail and bottom bar; `count` is what waits there."""

    label: str
    url: str
    icon: str
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
    """The operator's portal and the editors' pages, for staff."""
    if not can_operate(user):
        return []
    return [
        Workplace(
            _("Run the platform"), _("Users, offices, audit trail"), "settings", reverse("operator:home")
        ),
        Workplace(_("Edit pages"), _("News, campaigns, stories"), "pencil", reverse("wagtailadmin_home")),
    ]


def office_workplaces(user: User) -> list[Workplace]:
    """The offices in which the person works."""
    return [
        Workplace(
            office.name,
            office.get_level_display(),
            "landmark",
            reverse("office:home", args=[office.region_id]),
        )
        for office in offices_of(user)
    ]


def supplier_workplaces(user: User) -> list[Workplace]:
    """The suppliers' portal, for who acts for one."""
    names = [each.partner.name for each in suppliers.memberships_of(user)]
    if not names:
        return []
    return [Workplace(_("Sell for the village"), "、".join(names), "sprout", reverse("supplier:home"))]


def buyer_workplaces(user: User) -> list[Workplace]:
    """The institutions for which the person asks, approves, accepts or pays: one portal for all of them."""
    names = list(dict.fromkeys(each.institution.name for each in institutions.memberships_of(user)))
    if not names:
        return []
    return [Workplace(_("Buy for my institution"), " · ".join(names), "building-2", reverse("buyer:home"))]


SOURCES: tuple[Callable[[User], Iterable[Workplace]], ...] = (
    buyer_workplaces,
    operator_workplaces,
    office_workplaces,
    supplier_workplaces,
)


def workplaces_of(user: User) -> list[Workplace]:
    """All that the person may do, in the order of SOURCES; an ordinary buyer has none."""
    return [place for source in SOURCES for place in source(user)]
