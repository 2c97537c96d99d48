"""Marking products: once each, up to a number, on the person's one list."""

from __future__ import annotations

from datetime import datetime

import pytest
from oscar.apps.wishlists.models import WishList

from catalog.catalogue.models import Product
from marketplace.favourites import services
from marketplace.favourites.queries import is_marked_by, marked_products
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.django_db


@pytest.fixture
def products(db: None) -> list[int]:
    """Three products that are on sale."""
    trade.land()
    farm = trade.seller()
    return [trade.goods(farm, NOW, title=f"笋{number}").product_id for number in range(3)]


def test_a_product_is_marked_once_and_the_last_stands_first(products: list[int]) -> None:
    user = trade.shopper()
    for pk in (products[0], products[1], products[0]):
        services.mark(user=user, product_id=pk)
    assert marked_products(user) == [products[1], products[0]]
    assert WishList.objects.filter(owner=user).count() == 1
    assert marked_products(trade.shopper("another")) == []


def test_a_mark_is_taken_away_and_nobody_elses(products: list[int]) -> None:
    user, other = trade.shopper(), trade.shopper("another")
    for each in (user, other):
        services.mark(user=each, product_id=products[0])
    for _click in range(2):
        services.unmark(user=user, product_id=products[0])
    assert (marked_products(user), marked_products(other)) == ([], [products[0]])
    marked = Product.objects.annotate(is_marked=is_marked_by(other)).filter(is_marked=True)
    assert [product.pk for product in marked] == [products[0]]


def test_there_is_a_most(products: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_FAVOURITES", 2)
    user = trade.shopper()
    for pk in products[:2]:
        services.mark(user=user, product_id=pk)
    with pytest.raises(services.TooManyFavourites, match="2"):
        services.mark(user=user, product_id=products[2])
    services.mark(user=user, product_id=products[0])
    assert marked_products(user) == [products[1], products[0]]


def test_what_the_public_does_not_see_cannot_be_marked(products: list[int]) -> None:
    Product.objects.filter(pk=products[0]).update(is_public=False)
    for pk in (products[0], 999_999):
        with pytest.raises(Product.DoesNotExist):
            services.mark(user=trade.shopper(f"reader-{pk}"), product_id=pk)
    assert not WishList.objects.exists()
