"""Our marketplace, measured with the tests' settings as the application's role."""

from uuid import uuid4

from django.db import connection
from django.test import Client
from django.utils import timezone

from marketplace.basket import services as baskets
from marketplace.core.database.roles import as_owner
from marketplace.order.models import Line
from marketplace.portals.shop.views.basket import LINES_PER_PAGE
from marketplace.procurement.services import placing, requests
from tests.benchmarks import measuring, pages
from tests.benchmarks.measuring import Step
from tests.benchmarks.our_goods import OurGoods
from tests.factories import trade


class Ours:
    """Bulk buying for an institution: the basket's one service, our pages, submission and approval."""

    def __init__(self) -> None:
        trade.land()
        self.goods = OurGoods()
        self.looker, self.school = trade.unit("第一小学"), trade.unit()

    def stock_up(self, products: int) -> None:
        """Has so many products on sale."""
        self.goods.stock_up(products)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def fill_basket(self, lines: int) -> None:
        """Leaves so many lines in the looker's basket for their institution."""
        self._add(self.looker, self.goods.first(lines))

    def look(self, step: Step) -> None:
        """Listing and product page."""
        product = f"/product/{self.goods.records[0].product_id}/"
        shown = {
            "listing": pages.Page("/products/", '<article class="product">', 24),
            "product page": pages.Page(product, "<h1"),
        }
        pages.look(shown, client_of(self.looker), step)

    def buy(self, lines: int, step: Step) -> None:
        """All lines at once into the basket; submitted, and approved by somebody else."""
        wanted, by = self.goods.first(lines), self.school
        with step("add"):
            self._add(by, wanted)
        client = client_of(by)
        with step("basket page"):
            page = pages.get(client, f"/basket/?institution={by.institution.pk}")
        with step("submit"):
            request = requests.submit_request(
                user=by.requester,
                institution=by.institution,
                key=uuid4().hex,
                delivery=trade.delivery(),
                now=timezone.now(),
            )
        with step("place"):
            purchase = placing.approve_request(
                request_id=request.pk, approver=by.approver, now=timezone.now()
            )
        assert Line.objects.filter(order__purchase=purchase).count() == lines
        assert page.count('name="quantity-') == min(lines, LINES_PER_PAGE)

    def _add(self, by: trade.Unit, quantities: dict[int, int]) -> None:
        baskets.set_quantities(
            user=by.requester, institution=by.institution, quantities=quantities, now=timezone.now()
        )


def client_of(by: trade.Unit) -> Client:
    """A browser in which the institution's requester is logged in."""
    client = Client()
    client.force_login(by.requester, backend="marketplace.accounts.backends.IdentifierBackend")
    return client


def opened() -> measuring.Side:
    """The marketplace, empty."""
    return Ours()
