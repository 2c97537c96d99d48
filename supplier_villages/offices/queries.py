"""What an office may see, and whom it supervises. Later screens ask here and nowhere else."""

import datetime as dt
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from marketplace.accounts.models import User
from supplier_villages.offices.levels import SUPERVISED, OfficeLevel
from supplier_villages.offices.models import Office, OfficeMembership
from supplier_villages.offices.querysets import MembershipQuerySet, OfficeQuerySet
from supplier_villages.regions.codes import ancestor_codes, code_range
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region
from supplier_villages.regions.querysets import RegionQuerySet


def offices_of(user: User | AnonymousUser) -> OfficeQuerySet:
    """The offices in which the user works, with their regions, top down; none for a stranger."""
    if not isinstance(user, User):
        return Office.objects.none()
    return Office.objects.of(user).select_related("region").top_down()


def memberships_of(user: User) -> MembershipQuerySet:
    """Where the user works, with the offices."""
    members = OfficeMembership.objects.filter(user=user, is_active=True)
    return members.select_related("office").order_by("office__region")


def members_of(office: Office) -> MembershipQuerySet:
    """Who works in the office, with the users, longest first; switched-off accounts too: they can go."""
    members = OfficeMembership.objects.filter(office=office, is_active=True)
    return members.select_related("user").order_by("created_at", "pk")


def offices_matching(text: str) -> OfficeQuerySet:
    """Offices by name or the beginning of their region's code, with `member_count`, top down."""
    members = Count("memberships", filter=Q(memberships__is_active=True))
    return Office.objects.matching(text).annotate(member_count=members).top_down()


def regions_visible_to(user: User | AnonymousUser) -> RegionQuerySet:
    """The regions of the user's offices and everything below them; none without an office.

    Costs one query for the offices now, and whatever is asked of the set later. A code is a path: each office
    adds one range of the regions' primary key.
    """
    codes = offices_of(user).values_list("region", flat=True)
    ranges = [Q(code__gte=first, code__lt=last) for first, last in map(code_range, codes)]
    return Region.objects.filter(reduce(or_, ranges)) if ranges else Region.objects.none()


def regions_visible_to_office(office: Office) -> RegionQuerySet:
    """The office's own region and everything below it."""
    return Region.objects.within(office.region_id)


def line_to(office: Office, code: str, day: dt.date) -> RegionQuerySet:
    """From the office's own region down to the region of the day, without it if it lies elsewhere."""
    line = regions_visible_to_office(office).valid_on(day).filter(code__in=[*ancestor_codes(code), code])
    return line.top_down()


def supervised_levels(office: Office) -> tuple[Level, ...]:
    """The levels that the office supervises: the two below its own, one for a town."""
    return SUPERVISED[OfficeLevel(office.level)]


def regions_supervised_by(office: Office) -> RegionQuerySet:
    """The regions that supervision screens show: exactly two levels down, never the whole subtree."""
    return regions_visible_to_office(office).filter(level__in=supervised_levels(office))
