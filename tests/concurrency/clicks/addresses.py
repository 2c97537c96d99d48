"""Delivery addresses: a person's own and an institution's."""

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions.models import Institution
from marketplace.procurement.models import DeliveryAddress
from tests.concurrency.clicks.click import Click, click
from tests.concurrency.clicks.market import Market
from tests.factories import trade, users

TYPED = {
    "delivery_region": "445202",
    "delivery_address": "东山路8号",
    "recipient": "黄敏",
    "recipient_phone": "13800138000",
}


def streets(owner: User | None, institution: Institution | None) -> list[tuple[str, bool]]:
    """Each address of the book and whether forms begin with it."""
    found = DeliveryAddress.objects.filter(owner=owner, institution=institution).order_by("pk")
    return list(found.values_list("delivery_address", "is_default"))


def recorded(institution: Institution, action: str) -> int:
    """How often the institution's audit trail says so."""
    key = str(institution.pk)
    return AuditEntry.objects.filter(action=f"procurement.{action}", object_id=key).count()


@click("account/addresses/add/")
def add(_market: Market) -> Click:
    user = users.make_user("keeper")
    return Click(user, "/account/addresses/add/", lambda: streets(user, None), [("东山路8号", True)], TYPED)


@click("account/addresses/<int:address_pk>/")
def change(market: Market) -> Click:
    user = users.make_user("mover")
    address = trade.address(user, None, market.now)
    path = f"/account/addresses/{address.pk}/"
    return Click(user, path, lambda: streets(user, None), [("东山路8号", True)], TYPED)


@click("account/addresses/<int:address_pk>/delete/")
def delete(market: Market) -> Click:
    user = users.make_user("tidier")
    address = trade.address(user, None, market.now)
    return Click(user, f"/account/addresses/{address.pk}/delete/", lambda: streets(user, None), [])


@click("account/addresses/<int:address_pk>/default/")
def make_default(market: Market) -> Click:
    user = users.make_user("chooser")
    trade.address(user, None, market.now)
    second = trade.address(user, None, market.now, delivery_address="东山路8号")
    once = [("黄岐山大道1号", False), ("东山路8号", True)]
    return Click(user, f"/account/addresses/{second.pk}/default/", lambda: streets(user, None), once)


@click("buyer/addresses/<int:pk>/add/")
def add_for_institution(_market: Market) -> Click:
    unit = trade.unit("第一小学")
    path = f"/buyer/addresses/{unit.institution.pk}/add/"

    def effect() -> object:
        return streets(None, unit.institution), recorded(unit.institution, "address_added")

    return Click(unit.requester, path, effect, ([("东山路8号", True)], 1), TYPED)


@click("buyer/addresses/<int:pk>/<int:address_pk>/")
def change_for_institution(market: Market) -> Click:
    unit = trade.unit("第二小学")
    address = trade.address(unit.requester, unit.institution, market.now)
    path = f"/buyer/addresses/{unit.institution.pk}/{address.pk}/"

    def effect() -> object:
        return streets(None, unit.institution), recorded(unit.institution, "address_changed")

    return Click(unit.requester, path, effect, ([("东山路8号", True)], 1), TYPED)


@click("buyer/addresses/<int:pk>/<int:address_pk>/delete/")
def delete_for_institution(market: Market) -> Click:
    unit = trade.unit("第三小学")
    address = trade.address(unit.requester, unit.institution, market.now)
    path = f"/buyer/addresses/{unit.institution.pk}/{address.pk}/delete/"

    def effect() -> object:
        return streets(None, unit.institution), recorded(unit.institution, "address_deleted")

    return Click(unit.requester, path, effect, ([], 1))


@click("buyer/addresses/<int:pk>/<int:address_pk>/default/")
def make_default_for_institution(market: Market) -> Click:
    unit = trade.unit("第四小学")
    trade.address(unit.requester, unit.institution, market.now)
    second = trade.address(unit.requester, unit.institution, market.now, delivery_address="东山路8号")
    path = f"/buyer/addresses/{unit.institution.pk}/{second.pk}/default/"
    once = [("黄岐山大道1号", False), ("东山路8号", True)]
    return Click(unit.requester, path, lambda: streets(None, unit.institution), once)
