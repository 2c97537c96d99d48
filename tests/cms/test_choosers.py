"""How editors find products, counties and villages."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.partner import services as stock
from cms.choosers import region_label
from supplier_villages.regions.models import Region
from tests.cms.conftest import ClientOf
from tests.factories import pages, regions, trade
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


def test_products_are_found_by_name_and_village_and_say_if_they_are_on_sale(client_of: ClientOf) -> None:
    trade.land()
    seller, now = trade.seller(), timezone.now()
    trade.goods(seller, now, title="埔田竹笋")
    gone = trade.goods(seller, now, title="青榄")
    stock.set_stock(stock_record=gone, available=0, now=now, actor=seller.cadre)
    browser = client_of(pages.editor())

    def results(text: str) -> str:
        return browser.get(reverse("product_chooser:choose_results"), {"q": text}).content.decode()

    assert "埔田竹笋" in results("笋")
    assert "在售" in results("笋")
    assert "青榄" not in results("笋")
    assert "已售罄" in results("青")
    assert "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会" in results("圩埔")
    assert results("%_'").count("<td") == 0
    chosen = browser.get(reverse("product_chooser:chosen", args=[gone.product_id])).json()
    assert chosen["result"]["title"] == "青榄（页面上不显示：已售罄）"


def test_the_list_of_products_costs_the_same_whatever_is_in_it(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trade.land()
    seller, now = trade.seller(), timezone.now()
    browser = client_of(pages.editor())
    address = reverse("product_chooser:choose_results")
    trade.goods(seller, now)
    browser.get(address)
    with django_assert_num_queries(9):
        browser.get(address)
    for number in range(9):
        trade.goods(seller, now, title=f"笋{number}")
    with django_assert_num_queries(9):
        browser.get(address)


@pytest.mark.parametrize(
    ("chooser", "text", "found", "missing"),
    [
        ("county_chooser", "揭东", "揭东区", "圩埔村"),
        ("county_chooser", "jiedong", "揭东区", "揭西县"),
        ("village_chooser", "圩埔", "圩埔村委会", "揭东区</a>"),
        ("village_chooser", "445203001204", "圩埔村委会", "港美村"),
    ],
)
def test_regions_are_found_by_name_pinyin_and_code(
    client_of: ClientOf, chooser: str, text: str, found: str, missing: str
) -> None:
    regions.jieyang()
    address = reverse(f"{chooser}:choose_results")
    html = client_of(pages.editor()).get(address, {"q": text}).content.decode()
    assert found in html
    assert missing not in html


def test_a_chosen_village_reads_as_people_say_it() -> None:
    regions.jieyang()
    assert region_label(Region.objects.get(pk=trade.VILLAGE)) == "圩埔村（广东省 揭阳市 揭东区 曲溪街道）"


def test_choosers_are_for_editors(client_of: ClientOf) -> None:
    for name in ("product_chooser", "county_chooser", "village_chooser"):
        assert client_of(make_user(f"p-{name[0]}")).get(reverse(f"{name}:choose")).status_code == 302
