"""The demo's offices, institutions, suppliers and pairs."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from catalog.partner.models import Partner, SupplierVillage
from marketplace.accounts.models import User
from marketplace.demo import people, rows
from marketplace.demo.people import Staff, SupplierRole
from marketplace.institutions.models import Institution
from supplier_villages.offices.models import Office
from supplier_villages.offices.services import create_office
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import PairedAssistance, Region

SCHOOL = "示范市第一中学"
# Where the one person works who has two institutions to switch between.
TWO_UNITS = {
    "示范市第一人民医院": (people.Role.APPROVER, people.Role.RECEIVER),
    "示范市实验小学": (people.Role.REQUESTER,),
}
LOGINS_OF_OFFICES = {"440000": "demo-province", "445200": "demo-city", "445203": "demo-county"}


def officers(users: dict[str, User]) -> dict[str, User]:
    """County code → who works in its poverty office; offices also above them in Guangdong."""
    counties = sorted({row.county_code for row in rows.specialties()})
    return {code: officer(code, users) for code in ["440000", "445200", *counties]}


def officer(region_code: str, users: dict[str, User]) -> User:
    """The region's office with one person in it: a demo login or a person without a password."""
    region = Region.objects.get(pk=region_code)
    office = Office.objects.filter(region=region).first() or create_office(
        region=region, name=f"{region.name}扶贫办"
    )
    login = LOGINS_OF_OFFICES.get(region_code)
    user = users[login] if login else people.quiet_user(f"demo-o{region_code}", "扶贫办经办人")
    people.work_in_office(office, user)
    return user


def institutions(users: dict[str, User]) -> list[Staff]:
    """Every sample institution with its people; the school's have logins."""
    found: dict[str, Institution] = {}
    for row in rows.institutions():
        found[row.uscc] = Institution.objects.get_or_create(
            name=row.name,
            defaults={
                "uscc": row.uscc if row.is_legal_person else None,
                "kind": row.kind,
                "region_id": row.region_code,
                "parent": found.get(row.parent_uscc),
            },
        )[0]
    for name, roles in TWO_UNITS.items():
        unit = next(each for each in found.values() if each.name == name)
        people.belong_to(unit, users["demo-two-units"], *roles)
    return [
        people.school_staff(each, users) if each.name == SCHOOL else people.quiet_staff(each)
        for each in found.values()
        if each.kind != Institution.Kind.OFFICE
    ]


@dataclass(frozen=True)
class Seller:
    """A county's supplier, who acts for it, and the villages whose goods it sells."""

    supplier: Partner
    cadre: User
    villages: list[Region]


def sellers(users: dict[str, User], random: Random, now: datetime) -> dict[str, Seller]:
    """County code → its one supplier."""
    counties = sorted({row.county_code for row in rows.specialties()})
    samples = rows.villages_by_county()
    return {code: seller(code, samples.get(code, []), users, random, now) for code in counties}


def seller(
    county_code: str, samples: list[str], users: dict[str, User], random: Random, now: datetime
) -> Seller:
    """The county's supplier: a cooperative of its sample villages, else of one seeded village committee."""
    codes = samples or [chosen_village(county_code, random)]
    villages = list(Region.objects.filter(pk__in=codes).order_by("pk"))
    county = Region.objects.get(pk=county_code)
    supplier, _ = Partner.objects.get_or_create(
        name=f"{county.name}益农专业合作社",
        defaults={
            "region": county,
            "flat_freight": random.choice([0, 0, 30, 50]),
            "contact_name": "合作社办公室",
            "account_name": f"{county.name}益农专业合作社",
            "bank_name": "农村商业银行（示例）",
            "account_number": f"6200{county_code}000001",
            "admitted_at": now,
            "admitted_by": users["demo-operator"],
        },
    )
    SupplierVillage.objects.bulk_create(
        [SupplierVillage(partner=supplier, village=village) for village in villages], ignore_conflicts=True
    )
    is_login = county_code == "445203"
    cadre = users["demo-cadre"] if is_login else people.quiet_user(f"demo-s{county_code}", "合作社社长")
    people.act_for_supplier(supplier, cadre)
    if is_login:
        for role in (SupplierRole.HEAD, SupplierRole.BOOKKEEPER):
            people.act_for_supplier(supplier, users[f"demo-{role.value}"], role)
    return Seller(supplier, cadre, villages)


def chosen_village(county_code: str, random: Random) -> str:
    """One of the county's village committees, by the seed; of its communities where it has no other."""
    below = Region.objects.within(county_code).at_level(Level.VILLAGE).order_by("code")
    codes = list(below.filter(is_rural=True).values_list("code", flat=True))
    return random.choice(codes or list(below.values_list("code", flat=True)))


def pairs(start: date) -> None:
    """The real pairs again, marked demo, in force from `start` on: so that the demo's year has pairs."""
    for pair in PairedAssistance.objects.exclude(source="demo").order_by("pk"):
        PairedAssistance.objects.get_or_create(
            helper_id=pair.helper_id,
            helped_id=pair.helped_id,
            kind=pair.kind,
            source="demo",
            defaults={"level": pair.level, "confidence": pair.confidence, "valid_from": start},
        )
