"""Old codes: chains, and what a region and its subtree used to be called."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from supplier_villages.regions.models import Region, RegionSuccession
from supplier_villages.regions.queries import predecessor_codes, resolve
from tests.factories import regions

pytestmark = pytest.mark.django_db


def succeed(old_code: str, new_code: str) -> None:
    """445299 became …: the name does not matter here."""
    RegionSuccession.objects.create(
        old_code=old_code, old_name="旧县", new_id=new_code, changed_after=dt.date(2014, 12, 31)
    )


@pytest.fixture
def _chain() -> None:
    """445221 became 445222, itself closed, which became 445203."""
    regions.jieyang()
    succeed("445221", "445222")
    succeed("445222", "445203")
    Region.objects.filter(pk="445222").update(valid_to=dt.date(2020, 1, 1))


@pytest.mark.usefixtures("_chain")
@pytest.mark.parametrize("code", ["445221", "445222", "445203"])
def test_a_chain_is_followed_to_its_end(code: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert resolve(code) == Region(pk="445203")


@pytest.mark.usefixtures("_chain")
def test_an_unknown_code_leads_nowhere() -> None:
    assert resolve("999999") is None


@pytest.mark.usefixtures("_chain")
@pytest.mark.parametrize("code", ["445203", "445200", "440000"])
def test_predecessors_are_found_through_the_chain(
    code: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert predecessor_codes(code) == ["445221", "445222"]


@pytest.mark.usefixtures("_chain")
def test_a_neighbour_has_no_predecessors() -> None:
    assert predecessor_codes("445202") == []
