"""Our marketplace, measured with the tests' settings as the application's role."""

from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from marketplace.basket import services as baskets
from marketplace.core.database.roles import as_owner
from marketplace.order.models import Line
from marketplace.portals.shop.views.basket import LINES_PER_PAGE
from marketplace.procurement.services import direct, placing, requests
from tests.benchmarks import measuring, pages
from tests.benchmarks.load import Visit
from tests.benchmarks.measuring import ORDER_LINES, ORDERS, Step
from tests.benchmarks.our_goods import OurGoods
from tests.factories import trade
from tests.factories.users import browser_of


class Ours:
    """Bulk buying for an institution: the basket's one service, our pages, submission and approval."""

    served_by = "tests.benchmarks.ours_served_settings"

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
        """Listing and product page; a stranger's also as they are kept for the next one."""
        pages.look(self._pages(), browser_of(self.looker.requester), step)
        with override_settings(CACHES={**settings.CACHES, "strangers": settings.STRANGERS_CACHE}):
            pages.look_again(self._pages(), step)

    def visits(self) -> dict[str, list[Visit]]:
        """The same pages, and approvals of submitted requests."""
        looker = browser_of(self.looker.requester)
        approver = pages.cookies_of(browser_of(self.school.approver))
        placed = [Visit(self._submitted(number), approver, pages.POSTED) for number in range(ORDERS)]
        return {**pages.visits(self._pages(), looker), f"place {ORDER_LINES}": placed}

    def _pages(self) -> dict[str, pages.Page]:
        product = f"/product/{self.goods.records[0].product_id}/"
        return {
            "listing": pages.Page("/products/", '<article class="product">', 24),
            "product page": pages.Page(product, "<h1"),
        }

    def _submitted(self, number: int) -> str:
        """Where a new request is approved."""
        request = direct.submit_lines(
            user=self.school.requester,
            institution=self.school.institution,
            key=uuid4().hex,
            lines={pk: direct.Wanted(n) for pk, n in self.goods.turn(number, ORDER_LINES).items()},
            delivery=trade.delivery(),
            now=timezone.now(),
        )
        return f"/buyer/requests/{request.pk}/approve/"

    def buy(self, lines: int, step: Step) -> None:
        """All lines at once into the basket; submitted, and approved by somebody else."""
        wanted, by = self.goods.first(lines), self.school
        with step("add"):
            self._add(by, wanted)
        client = browser_of(by.requester)
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


def opened() -> measuring.Side:
    """The marketplace, empty."""
    return Ours()
