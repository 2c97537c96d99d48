"""The members of one supplier or one institution: read and written by the same words."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.partner import queries as supplier_queries
from catalog.partner import services as suppliers
from catalog.partner.models import Partner, SupplierMembership
from marketplace.accounts.models import User
from marketplace.accounts.services import IssuedLink, NewPerson
from marketplace.institutions import queries as institution_queries
from marketplace.institutions import services as institutions
from marketplace.institutions.models import Institution, InstitutionMembership


@dataclass(frozen=True, slots=True)
class Member:
    """A person and what they are in the organisation: the roles' values and, in words, all of them."""

    user: User
    roles: list[str]
    words: str


class Roster(ABC):
    """The members of one organisation; what is refused is refused by its services."""

    roles: ClassVar[type[TextChoices]]
    # What each role may do, as whoever gives it reads it.
    explanations: ClassVar[Mapping[TextChoices, Promise]]
    # Whether a member may hold several roles at once.
    several: ClassVar[bool]

    @abstractmethod
    def members(self) -> list[Member]:
        """Who belongs to the organisation now; one query."""

    @abstractmethod
    def add(self, *, user: User, roles: Sequence[str], actor: User) -> None:
        """The user holds these roles, too (of a kind that has one role: this one)."""

    @abstractmethod
    def set_roles(self, *, user: User, roles: Sequence[str], actor: User) -> None:
        """The user holds exactly these roles."""

    @abstractmethod
    def remove(self, *, user: User, actor: User) -> None:
        """The user is a member no more."""

    @abstractmethod
    def open_account(
        self, *, person: NewPerson, roles: Sequence[str], actor: User, now: datetime
    ) -> IssuedLink:
        """A new person with these roles, and their password link."""

    def member(self, user_pk: int) -> Member | None:
        """The member with this user's key, if there is one."""
        return next((each for each in self.members() if each.user.pk == user_pk), None)

    def _member(self, user: User, roles: list[str]) -> Member:
        return Member(user, roles, " · ".join(str(self.roles(role).label) for role in roles))


class SupplierRoster(Roster):
    """Who acts for a supplier, each in one role."""

    roles = SupplierMembership.Role
    explanations: ClassVar[Mapping[TextChoices, Promise]] = {
        SupplierMembership.Role.CADRE: _("Cadre: lists goods, takes orders, ships, confirms payments"),
        SupplierMembership.Role.BOOKKEEPER: _("Bookkeeper: confirms payments and repayments only"),
        SupplierMembership.Role.HEAD: _("Head: members, bank account and freight, and all of the above"),
    }
    several = False

    def __init__(self, supplier: Partner) -> None:
        self.supplier = supplier

    def members(self) -> list[Member]:
        return [self._member(each.user, [each.role]) for each in supplier_queries.members_of(self.supplier)]

    def add(self, *, user: User, roles: Sequence[str], actor: User) -> None:
        suppliers.add_member(
            supplier=self.supplier, user=user, role=SupplierMembership.Role(roles[0]), actor=actor
        )

    set_roles = add

    def remove(self, *, user: User, actor: User) -> None:
        suppliers.remove_member(supplier=self.supplier, user=user, actor=actor)

    def open_account(
        self, *, person: NewPerson, roles: Sequence[str], actor: User, now: datetime
    ) -> IssuedLink:
        role = SupplierMembership.Role(roles[0])
        return suppliers.open_account(supplier=self.supplier, role=role, person=person, actor=actor, now=now)


class InstitutionRoster(Roster):
    """Who belongs to an institution, each with one role or several."""

    roles = InstitutionMembership.Role
    explanations: ClassVar[Mapping[TextChoices, Promise]] = {
        InstitutionMembership.Role.REQUESTER: _("Requester: chooses products and asks to buy"),
        InstitutionMembership.Role.APPROVER: _("Approver: approves or rejects what others ask for"),
        InstitutionMembership.Role.RECEIVER: _("Receiver: accepts deliveries, sends goods back"),
        InstitutionMembership.Role.FINANCE: _("Finance: records payments"),
        InstitutionMembership.Role.VIEWER: _("Viewer: looks and changes nothing"),
        InstitutionMembership.Role.HEAD: _("Head: says who belongs to the institution"),
    }
    several = True

    def __init__(self, institution: Institution) -> None:
        self.institution = institution

    def members(self) -> list[Member]:
        found = institution_queries.members_of(self.institution)
        return [self._member(each.user, each.roles) for each in found]

    def add(self, *, user: User, roles: Sequence[str], actor: User) -> None:
        institutions.add_member(
            institution=self.institution, user=user, roles=_institution_roles(roles), actor=actor
        )

    def set_roles(self, *, user: User, roles: Sequence[str], actor: User) -> None:
        institutions.set_roles(
            institution=self.institution, user=user, roles=_institution_roles(roles), actor=actor
        )

    def remove(self, *, user: User, actor: User) -> None:
        institutions.remove_member(institution=self.institution, user=user, actor=actor)

    def open_account(
        self, *, person: NewPerson, roles: Sequence[str], actor: User, now: datetime
    ) -> IssuedLink:
        return institutions.open_account(
            institution=self.institution,
            roles=_institution_roles(roles),
            person=person,
            actor=actor,
            now=now,
        )


def _institution_roles(roles: Sequence[str]) -> list[InstitutionMembership.Role]:
    return [InstitutionMembership.Role(role) for role in roles]
