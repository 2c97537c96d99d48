"""Who belongs to two institutions switches between them on a phone, with and without scripts."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import trade
from tests.factories.members import Role, join_institution
from tests.factories.users import make_user
from tests.functional.conftest import VisitorFrom
from tests.functional.visitor import Visitor

pytestmark = pytest.mark.browser
SCHOOL, HOSPITAL = "示范市第一中学", "示范市第二人民医院"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, visitor: VisitorFrom) -> Visitor:
    """A phone whose browser runs scripts, and one that does not."""
    return visitor(java_script_enabled=request.param)


def acts_for(phone: Visitor, name: str) -> None:
    """The page says that it is about the institution, and nothing sticks out on the right."""
    expect(phone.page.locator(".switcher > summary strong")).to_have_text(name)
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def listed(phone: Visitor) -> list[str]:
    """Where the rows of the list lead."""
    return [str(link.get_attribute("href")) for link in phone.page.locator("tbody th a").all()]


def test_one_switches_and_a_link_from_a_mail_switches_back(phone: Visitor) -> None:
    trade.land()
    now = timezone.now()
    record = trade.goods(trade.seller(), now)
    person = make_user("he-xiao", name="何晓")
    requests = {}
    for name in (SCHOOL, HOSPITAL):
        unit = trade.unit(name)
        join_institution(unit.institution, person, Role.APPROVER)
        requests[name] = f"/buyer/requests/{trade.submitted(unit, {record.pk: 10}, now, name).pk}/"

    phone.come_as(person)
    phone.open("/buyer/requests/")
    acts_for(phone, SCHOOL)
    assert listed(phone) == [requests[SCHOOL]]

    phone.page.locator(".switcher > summary").click()
    phone.page.locator(".switcher-link", has_text=HOSPITAL).click()
    expect(phone.page).to_have_url(re.compile(r"/buyer/\?institution=\d+$"))
    acts_for(phone, HOSPITAL)
    phone.open("/buyer/requests/")
    acts_for(phone, HOSPITAL)
    assert listed(phone) == [requests[HOSPITAL]]

    phone.open(requests[SCHOOL])
    acts_for(phone, SCHOOL)
    phone.open("/buyer/requests/")
    acts_for(phone, SCHOOL)
    assert listed(phone) == [requests[SCHOOL]]
