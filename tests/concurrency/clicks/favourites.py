"""Marking a product, and taking the mark away."""

from marketplace.favourites import services
from marketplace.favourites.queries import marked_products
from tests.concurrency.clicks.click import Click, click
from tests.concurrency.clicks.market import Market
from tests.factories import users


@click("favourites/<int:pk>/add/")
def mark(market: Market) -> Click:
    user, product = users.make_user("admirer"), market.record().product_id
    return Click(user, f"/favourites/{product}/add/", lambda: marked_products(user), [product])


@click("favourites/<int:pk>/remove/")
def unmark(market: Market) -> Click:
    user, product = users.make_user("changeable"), market.record().product_id
    services.mark(user=user, product_id=product)
    return Click(user, f"/favourites/{product}/remove/", lambda: marked_products(user), [])
