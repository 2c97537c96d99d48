"""For whom a person can act: themselves, and each organisation of which they are a member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.partner import queries as suppliers
from marketplace.institutions import queries as institutions
from supplier_villages.offices import queries as offices

if TYPE_CHECKING:
    from marketplace.accounts.models import User


class Kind(models.TextChoices):
    """The kinds of membership."""

    SUPPLIER = "supplier", _("supplier")
    INSTITUTION = "institution", _("institution")
    OFFICE = "office", _("poverty office")
    INDIVIDUAL = "individual", _("for myself")


@dataclass(frozen=True, slots=True)
class Membership:
    """One thing that a person is; an individual has no organisation."""

    kind: Kind
    organisation_id: int | None = None

    @property
    def key(self) -> str:
        """It as one word, such as supplier-12: how a form names it."""
        return (
            self.kind.value if self.organisation_id is None else f"{self.kind.value}-{self.organisation_id}"
        )


def memberships_of(user: User) -> dict[Membership, str]:
    """Each membership that the user holds now, with its organisation's name; themselves last.

    Three queries. Nothing for who is switched off.
    """
    if not user.is_active:
        return {}
    held = {
        **{(Kind.SUPPLIER, each.partner_id): each.partner.name for each in suppliers.memberships_of(user)},
        **{
            (Kind.INSTITUTION, each.institution_id): each.institution.name
            for each in institutions.memberships_of(user)
        },
        **{(Kind.OFFICE, each.office_id): each.office.name for each in offices.memberships_of(user)},
    }
    found = {Membership(kind, organisation_id): name for (kind, organisation_id), name in held.items()}
    return {**found, Membership(Kind.INDIVIDUAL): user.get_full_name()}
