"""The county's office sees what waits in its county and decides; others look, or find nothing."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.recognition.models import Recognition
from catalog.unsold_offers import services
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day
from tests.factories import offers
from tests.factories.members import join_supplier
from tests.factories.offers import CITY, COUNTY, OTHER_COUNTY, Scene

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def now() -> dt.datetime:
    """The real clock, which the portal reads."""
    return timezone.now()


@pytest.fixture
def scene() -> Scene:
    """港美村 with its supplier and the county's office."""
    return offers.scene()


@pytest.fixture
def county(scene: Scene, client_of: ClientOf) -> Client:
    """The county office's browser."""
    return client_of(scene.officer)


def submitted(scene: Scene, *, hours_ago: int = 0, sells_for: int = 7, **changes: object) -> UnsoldOffer:
    """An offer that has waited for so many hours and sells for so many days from today."""
    terms = offers.terms(sell_by=shanghai_day(now()) + dt.timedelta(days=sells_for))
    return offers.submitted(scene, now=now() - dt.timedelta(hours=hours_ago), asked=terms, **changes)


def path(offer: UnsoldOffer, action: str = "", code: str = COUNTY) -> str:
    """Where an office finds the offer."""
    return f"/office/{code}/offers/{offer.pk}/{action}"


def in_a_year() -> str:
    """A last day as a browser sends it."""
    return (shanghai_day(now()) + dt.timedelta(days=364)).isoformat()


def test_the_queue_begins_with_what_spoils_first(scene: Scene, county: Client) -> None:
    later = submitted(scene, sells_for=8, hours_ago=49)
    sooner = submitted(scene, sells_for=2, hours_ago=3)
    page = county.get(f"/office/{COUNTY}/offers/")
    rows = page.context["offers"]
    assert [row.offer.pk for row in rows] == [sooner.pk, later.pk]
    assert [row.row.days_left for row in rows] == [2, 8]
    assert [row.row.is_overdue for row in rows] == [False, True]
    assert [row.waited for row in rows] == ["已等 3 小时", "已等 2 天"]
    assert rows[0].within == "揭东区 曲溪街道"


def test_home_begins_with_what_waits(scene: Scene, county: Client) -> None:
    offer = submitted(scene)
    page = county.get(f"/office/{COUNTY}/")
    assert [row.offer for row in page.context["offers"]] == [offer]
    assert page.context["waiting_count"] == 1
    assert page.context["totals"].accepted_fen == 0


def test_the_entrance_leads_to_ones_own_office(county: Client, scene: Scene, client_of: ClientOf) -> None:
    assert county.get("/office/").url == f"/office/{COUNTY}/"
    assert client_of(scene.cadre).get("/office/").status_code == 403


def test_the_account_page_leads_to_the_office(county: Client) -> None:
    assert f'href="/office/{COUNTY}/"' in county.get("/account/").content.decode()


def test_an_offer_is_recognised_until_the_end_of_its_last_day(scene: Scene, county: Client) -> None:
    offer = submitted(scene)
    last_day = in_a_year()
    answer = county.post(
        path(offer, "recognise/"),
        {
            "directory": "guangdong",
            "number": "粤扶 001",
            "batch": "第一批",
            "valid_until": last_day,
            "yearly_capacity": "３００",
        },
    )
    assert answer.url == f"/office/{COUNTY}/offers/"
    recognition = Recognition.objects.get()
    assert (recognition.directory, recognition.number, recognition.batch) == (
        "guangdong",
        "粤扶 001",
        "第一批",
    )
    assert recognition.valid_until == dt.date.fromisoformat(last_day) + dt.timedelta(days=1)
    assert (recognition.yearly_capacity, recognition.decided_by) == (300, scene.officer)
    offer.refresh_from_db()
    assert offer.status == UnsoldOffer.Status.RECOGNISED


def test_an_offer_goes_back_with_a_reason(scene: Scene, county: Client) -> None:
    offer = submitted(scene)
    answer = county.post(path(offer, "return/"), {"reason": "请补拍实物照片"})
    assert answer.url == f"/office/{COUNTY}/offers/"
    offer.refresh_from_db()
    assert (offer.status, offer.reason) == (UnsoldOffer.Status.RETURNED, "请补拍实物照片")


@pytest.mark.parametrize(
    ("action", "field", "data"),
    [
        ("return/", "reason", {"reason": " "}),
        ("recognise/", "valid_until", {"directory": "local", "valid_until": "2020-01-01"}),
        ("recognise/", "valid_until", {"directory": "local", "valid_until": "9999-12-31"}),
        ("recognise/", "valid_until", {"directory": "local"}),
        ("recognise/", "directory", {"directory": "moon", "valid_until": "2999-01-01"}),
        ("recognise/", "yearly_capacity", {"yearly_capacity": "0"}),
        ("recognise/", "yearly_capacity", {"yearly_capacity": "1.5"}),
        ("recognise/", "yearly_capacity", {"yearly_capacity": "1" + "0" * 30}),
    ],
)
def test_what_makes_no_sense_is_shown_at_its_field(
    action: str, field: str, data: dict[str, str], scene: Scene, county: Client
) -> None:
    offer = submitted(scene)
    whole = {"directory": "local", "valid_until": in_a_year(), **data} if "yearly" in field else data
    page = county.post(path(offer, action), whole)
    form = page.context["return_form" if action == "return/" else "form"]
    assert (page.status_code, list(form.errors)) == (200, [field])
    offer.refresh_from_db()
    assert offer.status == UnsoldOffer.Status.SUBMITTED


def test_a_second_decision_changes_nothing_and_says_so(scene: Scene, county: Client) -> None:
    offer = submitted(scene)
    county.post(path(offer, "return/"), {"reason": "照片不清楚"})
    answer = county.post(
        path(offer, "recognise/"), {"directory": "local", "valid_until": in_a_year()}, follow=True
    )
    assert [message.level_tag for message in answer.context["messages"]] == ["success", "error"]
    assert not Recognition.objects.exists()


@pytest.mark.parametrize(
    ("action", "typed"),
    [("recognise/", {"directory": "local", "number": "粤扶 7"}), ("return/", {"reason": "太便宜"})],
)
def test_a_price_that_was_not_seen_is_shown_before_it_is_decided_on(
    action: str, typed: dict[str, str], scene: Scene, county: Client
) -> None:
    offer = submitted(scene)
    name = "return_form" if action == "return/" else "form"
    seen = county.get(path(offer)).context[name]["seen"].value()
    services.change_price(offer_id=offer.pk, price=Decimal("50.00"), tiers=[], actor=scene.cadre, now=now())
    typed = typed | {"valid_until": in_a_year()}
    page = county.post(path(offer, action), typed | {"seen": seen})
    form = page.context[name]
    assert form.non_field_errors() == ["您打开后，这件货又改过。请再看一遍再决定。"]
    assert (form["seen"].value(), page.context["shown"].offer.price) == (seen + 1, Decimal("50.00"))
    kept = "reason" if name == "return_form" else "number"
    assert form[kept].value() == typed[kept]
    offer.refresh_from_db()
    assert offer.status == UnsoldOffer.Status.SUBMITTED
    assert county.post(path(offer, action), typed | {"seen": seen + 1}).status_code == 302
    offer.refresh_from_db()
    assert offer.status != UnsoldOffer.Status.SUBMITTED


def test_the_city_looks_and_does_not_decide(scene: Scene, client_of: ClientOf) -> None:
    offer = submitted(scene)
    city = client_of(offers.officer(CITY, "city"))
    assert [row.offer for row in city.get(f"/office/{CITY}/offers/").context["offers"]] == [offer]
    page = city.get(path(offer, code=CITY))
    assert (page.status_code, page.context["can_decide"]) == (200, False)
    assert city.post(path(offer, "return/", CITY), {"reason": "不行"}).status_code == 403
    data = {"directory": "local", "valid_until": in_a_year()}
    assert city.post(path(offer, "recognise/", CITY), data).status_code == 403
    offer.refresh_from_db()
    assert offer.status == UnsoldOffer.Status.SUBMITTED


def test_another_county_finds_nothing(scene: Scene, client_of: ClientOf) -> None:
    offer = submitted(scene)
    other = client_of(offers.officer(OTHER_COUNTY, "other"))
    assert other.get(f"/office/{OTHER_COUNTY}/offers/").context["offers"] == []
    for code in (COUNTY, OTHER_COUNTY):
        assert other.get(path(offer, code=code)).status_code == 404
        assert other.post(path(offer, "return/", code), {"reason": "不行"}).status_code == 404
        data = {"directory": "local", "valid_until": in_a_year()}
        assert other.post(path(offer, "recognise/", code), data).status_code == 404
    assert other.get(f"/office/{COUNTY}/").status_code == 404
    assert other.get(f"/office/{COUNTY}/offers/").status_code == 404
    offer.refresh_from_db()
    assert offer.status == UnsoldOffer.Status.SUBMITTED


def test_a_draft_is_not_there_for_an_office(scene: Scene, county: Client) -> None:
    assert county.get(path(offers.draft(scene))).status_code == 404


def test_nobody_decides_on_what_they_sell_themselves(scene: Scene, county: Client) -> None:
    offer = submitted(scene)
    join_supplier(scene.supplier, scene.officer)
    assert county.get(path(offer)).context["can_decide"] is False
    assert county.post(path(offer, "return/"), {"reason": "不行"}).status_code == 403
    data = {"directory": "local", "valid_until": in_a_year()}
    assert county.post(path(offer, "recognise/"), data).status_code == 403
    assert not Recognition.objects.exists()


@pytest.mark.parametrize(("others", "median"), [(2, None), (3, "12.00")])
def test_the_price_stands_beside_the_median(
    others: int, median: str | None, scene: Scene, county: Client
) -> None:
    for price in ("5.00", "6.00", "7.00")[:others]:
        offer = submitted(scene, title=f"竹笋 {price}")
        offer.stock_record.price = price
        offer.stock_record.save(update_fields=["price"])
        county.post(path(offer, "recognise/"), {"directory": "local", "valid_until": in_a_year()})
    benchmark = county.get(path(submitted(scene))).context["benchmark"]
    shown = None if benchmark.median_per_kg is None else str(benchmark.median_per_kg)
    assert (benchmark.count, shown) == (others, median)


def test_the_pages_cost_the_same_for_many_offers(
    scene: Scene, county: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 19):
        for number in range(count):
            submitted(scene, title=f"竹笋 {number}")
        with django_assert_num_queries(QUEUE_QUERIES):
            county.get(f"/office/{COUNTY}/offers/")
        with django_assert_num_queries(HOME_QUERIES):
            county.get(f"/office/{COUNTY}/")


QUEUE_QUERIES = 8
HOME_QUERIES = 10
