"""One person in two offices: the address names the office, and the portal leads to the other."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from tests.factories.offices import make_office
from tests.factories.regions import jieyang
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def both(client_of: ClientOf) -> Client:
    """A browser of who works in 揭东's and in 揭阳's office."""
    jieyang()
    person = make_user()
    for code in ("445203", "445200"):
        make_office(code, person)
    return client_of(person)


def test_each_office_leads_to_the_other(both: Client) -> None:
    assert both.get("/office/").url == "/office/445200/"
    for code, name in (("445200", "揭阳市扶贫办"), ("445203", "揭东区扶贫办")):
        context = both.get(f"/office/{code}/").context
        assert context["organisation_name"] == name
        assert [(each.url, each.is_current) for each in context["organisations"]] == [
            ("/office/445200/", code == "445200"),
            ("/office/445203/", code == "445203"),
        ]


def test_a_second_office_costs_no_query(
    both: Client, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = make_user("one")
    make_office("445202", one)
    alone = client_of(one)
    with django_assert_num_queries(5) as counted:
        both.get("/office/445203/offers/")
    with django_assert_num_queries(len(counted)):
        alone.get("/office/445202/offers/")


def test_who_works_in_one_office_has_nothing_to_switch(client_of: ClientOf) -> None:
    jieyang()
    person = make_user()
    make_office("445203", person)
    assert 'class="switcher' not in client_of(person).get("/office/445203/").content.decode()
