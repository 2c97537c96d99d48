"""From where a buyer's addresses are kept: an institution's portal, or a person's own account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from marketplace.institutions.models import Institution
from marketplace.portals.addresses.rows import AddressRow, row_of
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement.address_books import book_of
from marketplace.procurement.models import DeliveryAddress
from marketplace.procurement.permissions import can_keep_addresses


@dataclass(frozen=True, slots=True)
class AddressDesk:
    """One buyer's addresses; `institution` is None for the person's own.

    `namespace` stands before the names of the pages' addresses, the institution's key in them; `page` renders
    a template with what the portal has around it.
    """

    request: AuthenticatedRequest
    institution: Institution | None
    namespace: str
    page: Callable[[str, Mapping[str, Any]], HttpResponse]

    @property
    def book(self) -> QuerySet[DeliveryAddress]:
        """The addresses, the default first."""
        return book_of(self.request.user, self.institution)

    @property
    def who(self) -> dict[str, Any]:
        """Who changes whose addresses, as the services take it."""
        return {"actor": self.request.user, "institution": self.institution}

    @property
    def may_change(self) -> bool:
        """Whether the person keeps these addresses, and does not only look."""
        return can_keep_addresses(self.request.user, self.institution)

    @property
    def list_url(self) -> str:
        """Where they all stand."""
        return self.url("addresses")

    @property
    def add_url(self) -> str:
        """Where one is added."""
        return self.url("address_add")

    def rows(self) -> list[AddressRow]:
        """Each address with the ways to change it; one query."""
        return [
            row_of(
                each,
                change_url=self.url("address", each.pk),
                default_url=self.url("address_default", each.pk),
                delete_url=self.url("address_delete", each.pk),
            )
            for each in self.book
        ]

    def url(self, view: str, *more: int) -> str:
        """The address of one of the pages."""
        own = [self.institution.pk] if self.institution else []
        return reverse(f"{self.namespace}:{view}", args=[*own, *more])
