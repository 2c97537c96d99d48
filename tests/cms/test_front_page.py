"""The front page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from cms.models import HomePage
from tests.factories import trade

pytestmark = pytest.mark.django_db


def test_a_new_site_opens_with_our_front_page(client: Client) -> None:
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert reverse("shop:home") == "/" == home.url
    response = client.get("/")
    assert response.templates[0].name == "cms/home_page.html"
    assert "目前没有在售的产品" in response.content.decode()


def test_it_shows_what_spoils_soonest_and_who_has_most(client: Client) -> None:
    trade.land()
    seller, now = trade.seller(), timezone.now()
    for days in range(10, 0, -1):
        record = trade.goods(seller, now, title=f"还有{days}天", available=100)
        type(record).objects.filter(pk=record.pk).update(offered_until=now + timedelta(days=days))
    front = client.get("/").context["front"]
    assert [card.name for card in front.spoiling] == [f"还有{days}天" for days in range(1, 9)]
    assert [(county.name, county.offers, county.grams) for county in front.counties] == [
        ("揭东区", 10, 500_000)
    ]
    assert (front.county_count, front.offer_count) == (1, 10)
    assert [category.name for category in front.categories] == ["蔬菜"]


def test_it_costs_the_same_whatever_is_on_sale(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trade.land()
    seller, now = trade.seller(), timezone.now()
    client.get("/")  # Wagtail remembers where sites begin
    for count in (1, 19):
        for number in range(count):
            trade.goods(seller, now, title=f"竹笋{count}-{number}")
        with django_assert_num_queries(9):
            assert client.get("/").status_code == 200
