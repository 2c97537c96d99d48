"""An unforked Oscar, measured with the settings vanilla_settings as its database's owner.

Kind to Oscar where there is a choice: the products of an addition are loaded before the clock runs and all
lines are added in one transaction; of placing, no mail, form, session or answer is measured.
"""

from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from marketplace.accounts.models import User
from tests.benchmarks import measuring, pages, vanilla_checkout, vanilla_goods
from tests.benchmarks.load import Visit
from tests.benchmarks.measuring import ORDER_LINES, ORDERS, QUANTITY, Step
from tests.factories.users import make_user


class Vanilla:
    """Oscar's own shop: its basket's add_product, its pages, its OrderCreator."""

    served_by = "tests.benchmarks.vanilla_settings"

    def __init__(self) -> None:
        self.looker, self.buyer = make_user("looker"), make_user("buyer")

    def stock_up(self, products: int) -> None:
        """Has so many products on sale."""
        vanilla_goods.stock_up(products)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def fill_basket(self, lines: int) -> None:
        """Leaves so many lines in the looker's basket."""
        add(self.looker, vanilla_goods.first(lines))

    def look(self, step: Step) -> None:
        """Listing and product page."""
        pages.look(shown(), client_of(self.looker), step)

    def visits(self) -> dict[str, list[Visit]]:
        """The same pages, and baskets that are placed without a form or a mail; see vanilla_urls."""
        buyers = [make_user(f"buyer-{uuid4().hex}") for _number in range(ORDERS)]
        vanilla_goods.fill_baskets(buyers, ORDER_LINES)
        placed = [Visit("/place/", pages.cookies_of(client_of(buyer)), pages.POSTED) for buyer in buyers]
        return {**pages.visits(shown(), client_of(self.looker)), f"place {ORDER_LINES}": placed}

    def buy(self, lines: int, step: Step) -> None:
        """Line by line into the basket, and then placed."""
        products = vanilla_goods.first(lines)
        with step("add"):
            add(self.buyer, products)
        client = client_of(self.buyer)
        with step("basket page"):
            page = pages.get(client, "/basket/")
        with step("place"):
            order = vanilla_checkout.place(self.buyer)
        assert page.count('class="basket-items"') == order.lines.count() == lines


def shown() -> dict[str, pages.Page]:
    """The pages that are looked at."""
    return {
        "listing": pages.Page("/catalogue/", 'class="product_pod"', 20),
        "product page": pages.Page(vanilla_goods.first(1)[0].get_absolute_url(), 'class="product_page"'),
    }


def add(user: User, products: list[Any]) -> None:
    """The products in the user's basket."""
    basket = vanilla_checkout.open_basket(user)
    with transaction.atomic():
        for product in products:
            basket.add_product(product, QUANTITY)


def client_of(user: User) -> Client:
    """A browser in which the user is logged in."""
    client = Client()
    client.force_login(user)
    return client


def opened() -> measuring.Side:
    """The shop, empty; the template lacks the sessions, which the comparison of columns does not need."""
    call_command("migrate", "sessions", verbosity=0, skip_checks=True)
    return Vanilla()
