"""Poverty offices and their members."""

from marketplace.accounts.models import User
from supplier_villages.offices.levels import LEVEL_OF_REGION
from supplier_villages.offices.models import Office, OfficeMembership
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region


def make_office(code: str, *members: User) -> Office:
    """The office of a region that is there already, with these members."""
    region = Region.objects.get(code=code)
    office = Office.objects.create(
        region=region, level=LEVEL_OF_REGION[Level(region.level)], name=f"{region.name}扶贫办"
    )
    OfficeMembership.objects.bulk_create(OfficeMembership(office=office, user=user) for user in members)
    return office
