"""Delivery addresses, read: an institution's are shared by its members, a person's own are theirs alone."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.institutions.models import Institution
from marketplace.procurement.models import DeliveryAddress
from supplier_villages.regions.models import UPWARDS


def book_of(user: User, institution: Institution | None) -> QuerySet[DeliveryAddress]:
    """The addresses among which the user chooses for the institution (None: for themselves).

    The default first, then the newest; each with its region and all that the region lies in.
    """
    found = DeliveryAddress.objects.filter(institution=institution, owner=None if institution else user)
    return found.select_related(f"delivery_region__{UPWARDS}").order_by("-is_default", "-pk")
