"""The operator's forms: accounts, password links, offices and their members."""

from django.utils import timezone

from marketplace.accounts import services
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.page_roles import PageRole
from supplier_villages.offices.models import Office, OfficeMembership
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import Market
from tests.factories.messages import make_set_aside
from tests.factories.users import make_user


def of_person(market: Market, name: str, verb: str, action: str, **changes: bool) -> Click:
    """A button on a person's page, and how often the trail says that it did something."""
    person = make_user(name, **changes)
    return Click(market.operator, f"/operator/users/{person.pk}/{verb}/", trail(action, person), 1)


@click("operator/outbox/<int:pk>/retry/")
def retry_message(market: Market) -> Click:
    message = make_set_aside("clicked")
    return Click(
        market.operator, f"/operator/outbox/{message.pk}/retry/", trail("outbox.retried", message), 1
    )


@click("operator/outbox/retry/")
def retry_topic(market: Market) -> Click:
    message = make_set_aside("clicked with all", topic="nobody's")
    data = {"topic": "nobody's"}
    return Click(market.operator, "/operator/outbox/retry/", trail("outbox.retried", message), 1, data)


@click("operator/users/new/")
def new_user(market: Market) -> Click:
    data = {"name": "李四", "phone": "13700137000"}
    return Click(market.operator, "/operator/users/new/", User.objects.filter(name="李四").count, 1, data)


@click("operator/users/<int:pk>/password-link/")
def issue_link(market: Market) -> Click:
    person = make_user("linked")
    open_links = PasswordLink.objects.open().filter(user=person)
    return Click(market.operator, f"/operator/users/{person.pk}/password-link/", open_links.count, 1)


@click("operator/users/<int:pk>/password-link/revoke/")
def revoke_link(market: Market) -> Click:
    made = of_person(market, "revoked", "password-link/revoke", "accounts.password_link_revoked")
    person = User.objects.get(username="revoked")
    services.issue_password_link(user=person, created_by=market.operator, now=timezone.now())
    return made


@click("operator/users/<int:pk>/deactivate/")
def deactivate(market: Market) -> Click:
    return of_person(market, "off", "deactivate", "accounts.deactivated")


@click("operator/users/<int:pk>/activate/")
def activate(market: Market) -> Click:
    return of_person(market, "on", "activate", "accounts.activated", is_active=False)


@click("operator/users/<int:pk>/page-role/")
def give_page_role(market: Market) -> Click:
    person = make_user("writer")
    given = trail("accounts.page_role_given", person)
    return Click(
        market.operator, f"/operator/users/{person.pk}/page-role/", given, 1, {"role": PageRole.EDITOR}
    )


@click("operator/offices/new/")
def new_office(market: Market) -> Click:
    data = {"region": "445224", "name": "惠来县扶贫办"}
    return Click(
        market.operator, "/operator/offices/new/", Office.objects.filter(region="445224").count, 1, data
    )


@click("operator/users/<int:pk>/offices/")
def join_office(market: Market) -> Click:
    person, data = make_user("joins"), {"office": "445203"}
    held = OfficeMembership.objects.filter(user=person, is_active=True)
    return Click(market.operator, f"/operator/users/{person.pk}/offices/", held.count, 1, data)


@click("operator/offices/<int:pk>/members/")
def add_member(market: Market) -> Click:
    person, office = make_user("added"), Office.objects.get(region="445203")
    held = OfficeMembership.objects.filter(user=person, is_active=True)
    data = {"identifier": "added"}
    return Click(market.operator, f"/operator/offices/{office.pk}/members/", held.count, 1, data)


@click("operator/offices/<int:pk>/members/<int:user_pk>/remove/")
def remove_member(market: Market) -> Click:
    person, office = make_user("leaves"), Office.objects.get(region="445203")
    OfficeMembership.objects.create(office=office, user=person)
    address = f"/operator/offices/{office.pk}/members/{person.pk}/remove/"
    return Click(market.operator, address, trail("offices.member_removed", office), 1)
