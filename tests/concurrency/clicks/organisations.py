"""Suppliers, institutions and their members: the operator's forms, and those of the organisations' heads."""

from collections.abc import Callable
from itertools import count

from catalog.partner.models import Partner, SupplierMembership, SupplierVillage
from marketplace.accounts import services as accounts
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.services import NewPerson
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions.models import Institution, InstitutionMembership
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import Market
from tests.factories import goods
from tests.factories.members import Role, SupplierRole, join_institution, join_supplier
from tests.factories.users import make_user

_numbers = count(1)
Join = Callable[[Market, User], User]


def into_farm(market: Market, user: User) -> User:
    """The user keeps the farm's books."""
    return join_supplier(market.farm.supplier, user, SupplierRole.BOOKKEEPER)


def into_school(market: Market, user: User) -> User:
    """The user looks at what the school buys."""
    return join_institution(market.school.institution, user, Role.VIEWER)


def held_by(user: User) -> Callable[[], int]:
    """How many roles the user holds now, in whichever organisation."""
    return lambda: sum(
        memberships.objects.filter(user=user, is_active=True).count()
        for memberships in (SupplierMembership, InstitutionMembership)
    )


def changes_of_members(organisation: Partner | Institution) -> Callable[[], int]:
    """How often the trail says that somebody's roles in the organisation changed."""
    entries = AuditEntry.objects.filter(
        object_type=organisation._meta.label_lower, object_id=str(organisation.pk)
    )
    before = entries.count()
    return lambda: entries.count() - before


def fresh(name: str) -> User:
    """A person whom no other form knows."""
    return make_user(f"{name}-{next(_numbers)}")


def member_clicks(route: str, who: Callable[[Market], User], join: Join, role: str) -> None:
    """The forms about members below a route; `role` is one that `join` does not give."""

    def organisation(market: Market) -> Partner | Institution:
        return market.farm.supplier if "supplier" in route else market.school.institution

    def address(market: Market, page: str) -> str:
        return "/" + route.replace("<int:pk>", str(organisation(market).pk)) + page

    @click(f"{route}add/")
    def add(market: Market) -> Click:
        person = fresh("added")
        data = {"person": person.username, "roles": role}
        return Click(who(market), address(market, "add/"), held_by(person), 1, data)

    @click(f"{route}new/")
    def new(market: Market) -> Click:
        name = f"new-{next(_numbers)}"
        data = {"name": "新人", "username": name, "roles": role}
        links = PasswordLink.objects.filter(user__username=name)
        return Click(who(market), address(market, "new/"), links.count, 1, data)

    @click(f"{route}<int:user_pk>/")
    def change(market: Market) -> Click:
        person = join(market, fresh("changed"))
        changes = changes_of_members(organisation(market))
        return Click(who(market), address(market, f"{person.pk}/"), changes, 1, {"roles": role})

    @click(f"{route}<int:user_pk>/remove/")
    def remove(market: Market) -> Click:
        person = join(market, fresh("removed"))
        changes = changes_of_members(organisation(market))
        return Click(who(market), address(market, f"{person.pk}/remove/"), changes, 1)

    @click(f"{route}<int:user_pk>/link/")
    def renew(market: Market) -> Click:
        person = NewPerson(name="新人", username=f"lost-{next(_numbers)}")
        first = accounts.open_account(person=person, opened_by=who(market), now=market.now).link
        user = join(market, first.user)
        newer = PasswordLink.objects.open().filter(user=user).exclude(pk=first.pk)
        return Click(who(market), address(market, f"{user.pk}/link/"), newer.count, 1)


for _route, _who, _join, _role in (
    ("operator/suppliers/<int:pk>/members/", lambda market: market.operator, into_farm, "cadre"),
    ("operator/institutions/<int:pk>/members/", lambda market: market.operator, into_school, "finance"),
    ("supplier/members/<int:pk>/", lambda market: market.farm.head, into_farm, "cadre"),
    ("buyer/members/<int:pk>/", lambda market: market.school.head, into_school, "finance"),
):
    member_clicks(_route, _who, _join, _role)


@click("operator/suppliers/new/")
def new_supplier(market: Market) -> Click:
    data = {"name": "新合作社", "kind": "cooperative", "region": "445203"}
    made = Partner.objects.filter(name="新合作社")
    return Click(market.operator, "/operator/suppliers/new/", made.count, 1, data)


@click("operator/suppliers/<int:pk>/change/")
def change_supplier(market: Market) -> Click:
    supplier = goods.supplier("旧名合作社", region_id="445203")
    data = {"name": "改名合作社", "kind": "cooperative", "region": "445203"}
    effect = trail("partner.registration_changed", supplier)
    return Click(market.operator, f"/operator/suppliers/{supplier.pk}/change/", effect, 1, data)


@click("operator/suppliers/<int:pk>/details/")
def supplier_details(market: Market) -> Click:
    supplier = goods.supplier("改运费合作社")
    effect = trail("partner.details_changed", supplier)
    data = {"flat_freight": "30"}
    return Click(market.operator, f"/operator/suppliers/{supplier.pk}/details/", effect, 1, data)


@click("supplier/details/<int:pk>/")
def own_details(market: Market) -> Click:
    supplier = goods.supplier("自改合作社")
    head = join_supplier(supplier, fresh("head"), SupplierRole.HEAD)
    effect = trail("partner.details_changed", supplier)
    return Click(head, f"/supplier/details/{supplier.pk}/", effect, 1, {"flat_freight": "30"})


@click("operator/suppliers/<int:pk>/admit/")
def admit(market: Market) -> Click:
    supplier = goods.supplier("待入驻合作社")
    effect = trail("partner.admitted", supplier)
    return Click(market.operator, f"/operator/suppliers/{supplier.pk}/admit/", effect, 1)


@click("operator/suppliers/<int:pk>/villages/")
def add_village(market: Market) -> Click:
    supplier = goods.supplier("添村合作社")
    effect = trail("partner.village_added", supplier)
    data = {"village": "445203001204"}
    return Click(market.operator, f"/operator/suppliers/{supplier.pk}/villages/", effect, 1, data)


@click("operator/suppliers/<int:pk>/villages/<slug:code>/remove/")
def remove_village(market: Market) -> Click:
    supplier = goods.supplier("去村合作社")
    SupplierVillage.objects.create(partner=supplier, village_id="445203001204")
    address = f"/operator/suppliers/{supplier.pk}/villages/445203001204/remove/"
    return Click(market.operator, address, trail("partner.village_removed", supplier), 1)


@click("operator/institutions/new/")
def new_institution(market: Market) -> Click:
    data = {"name": "新学校", "kind": "budget_unit", "region": "445200"}
    made = Institution.objects.filter(name="新学校")
    return Click(market.operator, "/operator/institutions/new/", made.count, 1, data)


@click("operator/institutions/<int:pk>/change/")
def change_institution(market: Market) -> Click:
    unit = Institution.objects.create(name="旧名学校", kind="budget_unit", region_id="445200")
    data = {"name": "改名学校", "kind": "budget_unit", "region": "445200"}
    effect = trail("institutions.changed", unit)
    return Click(market.operator, f"/operator/institutions/{unit.pk}/change/", effect, 1, data)
