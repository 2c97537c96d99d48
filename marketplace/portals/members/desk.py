"""Where somebody manages the members of one organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from marketplace.portals.members.rosters import Member, Roster
from marketplace.portals.requests import AuthenticatedRequest


@dataclass(frozen=True, slots=True)
class MemberDesk:
    """One organisation's members, the portal around their pages, and where these pages are.

    `prefix` stands before the names of the pages' addresses ("buyer:", "operator:supplier_"), `pk` in the
    addresses; the list of members is at `list_url`.
    """

    roster: Roster
    pk: int
    name: str
    prefix: str
    list_url: str
    frame: Mapping[str, Any]

    @property
    def add_url(self) -> str:
        """Where somebody who has an account is taken in."""
        return self.url("member_add")

    @property
    def new_url(self) -> str:
        """Where somebody gets an account."""
        return self.url("member_new")

    def rows(self) -> list[tuple[Member, str]]:
        """Each member and the address of their page; one query."""
        return [(each, self.url("member", each.user.pk)) for each in self.roster.members()]

    def url(self, page: str, *args: int) -> str:
        """The address of a page: member_add, member_new, member, member_remove, member_link."""
        return reverse(f"{self.prefix}{page}", args=[self.pk, *args])

    def page(self, request: AuthenticatedRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
        """The template within the portal."""
        return render(request, f"portals/members/{template}", {**self.frame, "desk": self, **context})
