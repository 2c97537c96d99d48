"""A cadre lists an unsold product in three steps and changes it afterwards."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from catalog.partner import services as stock
from catalog.partner.queries import stock_differences
from catalog.recognition.services import Certificate, Directory
from catalog.unsold_offers import services
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.core.periods import shanghai_day
from tests.factories import offers as factory
from tests.factories import trade
from tests.factories.offers import Scene

ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scene(db: None) -> Scene:
    """港美村, its supplier, its cadre and the county's officer."""
    return factory.scene()


@pytest.fixture
def cadre_client(scene: Scene, client_of: ClientOf) -> Client:
    """The browser of the cadre."""
    return client_of(scene.cadre)


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return timezone.now()


@pytest.fixture
def today(now: datetime) -> date:
    """Today in Shanghai."""
    return shanghai_day(now)


def picture(size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A JPEG."""
    content = BytesIO()
    Image.new("RGB", size, "green").save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


def goods_typed(scene: Scene, **changes: str) -> dict[str, str]:
    """Step 2 filled in."""
    values = {
        "title": "竹笋",
        "category": str(scene.category.pk),
        "sale_unit": "jin",
        "net_weight_grams": "",
        "quantity": "３００",
        "shelf_life_days": "10",
        "storage": "cool",
        "story": "天不亮上山挖。",
    }
    return values | changes


def terms_typed(today: date, **changes: str) -> dict[str, str]:
    """Step 3 filled in."""
    sell_by = (today + timedelta(days=7)).isoformat()
    return {"price": "5", "bulk_min_quantity": "100", "bulk_price": "4.50", "sell_by": sell_by} | changes


def begin(client: Client, **changes: object) -> UnsoldOffer:
    """The draft after step 1."""
    form = client.get("/supplier/offers/new/").context["form"]
    assert not form.is_bound
    village = next(iter(form.villages))
    client.post(
        "/supplier/offers/new/", {"village": village, "draft_key": "d1", "photo": picture()} | changes
    )
    return UnsoldOffer.objects.get()


def errors(response) -> dict[str, list[str]]:
    """A form's errors by field."""
    return {field: list(found) for field, found in response.context["form"].errors.items()}


def on_sale(scene: Scene, now: datetime, price: str = "5.00") -> UnsoldOffer:
    """An offer of 300 斤 that the office has recognised at the price, on sale for eight days."""
    today = shanghai_day(now)
    asked = services.Terms(Decimal(price), today + timedelta(days=7))
    offer = factory.filled(scene, asked=asked, now=now)
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=now)
    certificate = Certificate(Directory.LOCAL, today, today + timedelta(days=100), "粤-1")
    return services.recognise_offer(offer_id=offer.pk, certificate=certificate, actor=scene.officer, now=now)


def test_three_steps_bring_an_offer_into_the_offices_queue(
    cadre_client: Client, scene: Scene, today: date
) -> None:
    offer = begin(cadre_client)
    address = f"/supplier/offers/{offer.pk}/"
    assert offer.product.images.count() == 1
    assert cadre_client.post(f"{address}goods/", goods_typed(scene)).url == f"{address}terms/"
    assert cadre_client.post(f"{address}terms/", terms_typed(today)).url == f"{address}check/"
    response = cadre_client.post(f"{address}check/", follow=True)
    assert [str(each) for each in response.context["messages"]] == ["交上去了。县里一般两天内答复。"]
    offer.refresh_from_db()
    assert (offer.status, offer.quantity, offer.price) == ("submitted", 300, Decimal("5.00"))
    assert (offer.bulk_min_quantity, offer.bulk_price) == (100, Decimal("4.50"))
    assert offer.sell_by == today + timedelta(days=7)
    product = offer.product
    assert (product.title, product.sale_unit, product.net_weight_grams) == ("竹笋", "jin", 500)
    assert (product.storage, product.shelf_life_days) == ("cool", 10)
    assert product.description == "天不亮上山挖。"
    assert offer.village == scene.village


def test_a_first_step_sent_twice_is_one_offer_with_one_photo(cadre_client: Client) -> None:
    begin(cadre_client)
    offer = begin(cadre_client)
    assert offer.product.images.count() == 1


def test_a_photo_can_wait(cadre_client: Client) -> None:
    assert begin(cadre_client, photo="").product.images.count() == 0


@pytest.mark.parametrize(
    ("photo", "message"),
    [
        (
            SimpleUploadedFile("photo.jpg", b"%PDF-1.4 no picture", "image/jpeg"),
            "这不是 JPEG、PNG 或 WebP 图片，或者图片已损坏。",
        ),
        (picture((8000, 5000)), "照片超过 2500 万像素，请缩小尺寸后重新拍摄。"),
    ],
    ids=["no picture", "forty megapixels"],
)
def test_a_photo_that_cannot_be_taken_is_named_and_nothing_is_begun(
    cadre_client: Client, photo: SimpleUploadedFile, message: str
) -> None:
    village = next(iter(cadre_client.get("/supplier/offers/new/").context["form"].villages))
    photo.seek(0)
    typed = {"village": village, "draft_key": "d1", "photo": photo}
    assert errors(cadre_client.post("/supplier/offers/new/", typed)) == {"photo": [message]}
    assert not UnsoldOffer.objects.exists()
    offer = begin(cadre_client)
    former = offer.product.images.get()
    photo.seek(0)
    response = cadre_client.post(f"/supplier/offers/{offer.pk}/photo/", {"photo": photo})
    assert errors(response) == {"photo": [message]}
    assert offer.product.images.get() == former


def test_a_first_step_that_comes_late_leaves_what_was_handed_in(
    cadre_client: Client, scene: Scene, today: date
) -> None:
    offer = begin(cadre_client)
    address, former = f"/supplier/offers/{offer.pk}/", offer.product.images.get()
    cadre_client.post(f"{address}goods/", goods_typed(scene))
    cadre_client.post(f"{address}terms/", terms_typed(today))
    cadre_client.post(f"{address}check/")
    begin(cadre_client)
    assert cadre_client.post(f"{address}photo/", {"photo": picture()}).url == address
    offer.refresh_from_db()
    assert (offer.status, offer.product.images.get()) == ("submitted", former)


def test_a_village_of_somebody_else_cannot_be_chosen(cadre_client: Client, scene: Scene) -> None:
    foreign = trade.seller("别家合作社").supplier.supplier_villages.get()
    response = cadre_client.post("/supplier/offers/new/", {"village": foreign.pk, "draft_key": "d1"})
    assert errors(response) == {"village": ["您不能卖这个村的货，请从下面的村里选。"]}
    assert not UnsoldOffer.objects.exists()


def test_who_is_not_admitted_cannot_sell(cadre_client: Client, scene: Scene) -> None:
    type(scene.supplier).objects.update(admitted_at=None, admitted_by=None)
    assert cadre_client.get("/supplier/offers/new/").context["can_list"] is False


WHOLE = "请填整数，至少为 1。"
FROM_NOUGHT = "请填整数，至少为 0。"
WITHIN = "数量要填 1 至 10,000,000 的整数。"
REQUIRED = "这一项不能空着。"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", REQUIRED),
        ("title", "笋" * 41, "确保该变量包含不超过 40 字符 (目前字符数 41)。"),
        ("category", "999999", "选择一个有效的选项： 该选择不在可用的选项中。"),
        ("quantity", "0", WITHIN),
        ("quantity", "-1", WHOLE),
        ("quantity", "1.5", WHOLE),
        ("quantity", "1" + "0" * 30, WITHIN),
        ("quantity", "", REQUIRED),
        ("net_weight_grams", "-1", WHOLE),
        ("net_weight_grams", "400", "1 斤为 500 克，1 公斤为 1000 克。"),
        ("shelf_life_days", "-1", WHOLE),
        ("shelf_life_days", "999999", "保质期为 1 天至 100 年。"),
        ("harvested_on", "1999-01-01", "采收日期离今天太远，请检查。"),
        ("harvested_on", "gestern", "输入一个有效的日期。"),
    ],
)
def test_goods_that_make_no_sense_are_named(
    cadre_client: Client, scene: Scene, field: str, value: str, message: str
) -> None:
    offer = begin(cadre_client)
    response = cadre_client.post(f"/supplier/offers/{offer.pk}/goods/", goods_typed(scene, **{field: value}))
    assert errors(response) == {field: [message]}
    offer.refresh_from_db()
    assert (offer.quantity, offer.product.title) == (None, "")


def test_a_pack_without_a_net_weight_is_named(cadre_client: Client, scene: Scene) -> None:
    offer = begin(cadre_client)
    for weight in ("0", ""):
        typed = goods_typed(scene, sale_unit="box", net_weight_grams=weight)
        response = cadre_client.post(f"/supplier/offers/{offer.pk}/goods/", typed)
        assert errors(response) == {"net_weight_grams": ["请填写每个销售单位的净重：1 克至 1000 千克。"]}
    offer.refresh_from_db()
    assert offer.quantity is None


PRICED = "价格要大于 0，且不超过 1,000,000 元。"
AMOUNT = "请填金额，最多两位小数，比如 1080.50。"
CHEAPER = "买得越多，单价应越低：批量价要低于数量较少时的价格。"
TOGETHER = "批量价和起订数量要同时填写。"


@pytest.mark.parametrize(
    ("changes", "wrong", "message"),
    [
        ({"price": "0"}, "price", PRICED),
        ({"price": "-1"}, "price", AMOUNT),
        ({"price": "1.234"}, "price", AMOUNT),
        ({"price": "1" + "0" * 30}, "price", PRICED),
        ({"price": ""}, "price", REQUIRED),
        ({"bulk_price": "5.01"}, "bulk_price", CHEAPER),
        ({"bulk_price": "5"}, "bulk_price", CHEAPER),
        ({"bulk_price": ""}, "bulk_price", TOGETHER),
        ({"bulk_min_quantity": "-1"}, "bulk_min_quantity", "请填整数，至少为 2。"),
        ({"bulk_min_quantity": "1"}, "bulk_price", "批量价至少从 2 个单位起，且各档起订量不能相同。"),
        ({"bulk_min_quantity": ""}, "bulk_price", TOGETHER),
        ({"sell_by": "2020-01-01"}, "sell_by", "最后销售日已过。"),
        ({"sell_by": "2999-01-01"}, "sell_by", "最后销售日离今天太远，请检查。"),
        ({"sell_by": ""}, "sell_by", REQUIRED),
    ],
)
def test_terms_that_make_no_sense_are_named(
    cadre_client: Client, today: date, changes: dict[str, str], wrong: str, message: str
) -> None:
    offer = begin(cadre_client)
    response = cadre_client.post(f"/supplier/offers/{offer.pk}/terms/", terms_typed(today, **changes))
    assert errors(response) == {wrong: [message]}
    offer.refresh_from_db()
    assert (offer.price, offer.sell_by) == (None, None)


def test_an_unfinished_offer_is_not_handed_in(cadre_client: Client) -> None:
    offer = begin(cadre_client)
    response = cadre_client.post(f"/supplier/offers/{offer.pk}/check/")
    assert "叫什么？：这一项还没有填写。" in response.context["form"].non_field_errors()
    offer.refresh_from_db()
    assert offer.status == "draft"


def test_what_was_saved_stands_in_the_steps(cadre_client: Client, scene: Scene) -> None:
    offer = on_sale(scene, timezone.now())
    UnsoldOffer.objects.update(status="draft")
    initial = cadre_client.get(f"/supplier/offers/{offer.pk}/goods/").context["form"].initial
    assert (initial["title"], initial["quantity"], initial["category"]) == ("竹笋", 300, scene.category)


def test_another_suppliers_offer_does_not_exist(
    cadre_client: Client, scene: Scene, client_of: ClientOf, now: datetime, today: date
) -> None:
    offer = on_sale(scene, now)
    other, before = client_of(trade.seller("别家合作社").cadre), AuditEntry.objects.count()
    pages = ("", "photo/", "goods/", "terms/", "check/", "price/", "stock/", "withdraw/")
    typed = goods_typed(scene) | terms_typed(today, price="1")
    for page in pages:
        assert other.get(f"/supplier/offers/{offer.pk}/{page}").status_code == 404
    for page in pages[1:]:
        assert other.post(f"/supplier/offers/{offer.pk}/{page}", typed).status_code == 404
    offer.refresh_from_db()
    assert (offer.status, offer.price) == ("recognised", Decimal("5.00"))
    assert AuditEntry.objects.count() == before
    assert other.get("/supplier/offers/").context["rows"] == []


def test_a_reason_is_read_and_the_offer_handed_in_again(
    cadre_client: Client, scene: Scene, now: datetime, today: date
) -> None:
    asked = services.Terms(Decimal("5.00"), today + timedelta(days=7))
    offer = factory.filled(scene, asked=asked, now=now)
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=now)
    services.return_offer(offer_id=offer.pk, reason="照片太暗", actor=scene.officer, now=now)
    assert "照片太暗" in cadre_client.get("/supplier/offers/").content.decode()
    (todo,) = cadre_client.get("/supplier/").context["todos"]
    assert (todo.title, todo.text) == ("改好再交：竹笋", "照片太暗")
    cadre_client.post(f"/supplier/offers/{offer.pk}/check/")
    offer.refresh_from_db()
    assert (offer.status, offer.reason) == ("submitted", "")


def test_what_is_about_to_spoil_is_said(cadre_client: Client, scene: Scene, now: datetime) -> None:
    offer = on_sale(scene, now)
    assert cadre_client.get("/supplier/").context["todos"] == []
    UnsoldOffer.objects.filter(pk=offer.pk).update(sell_by=shanghai_day(now) + timedelta(days=3))
    assert [todo.due for todo in cadre_client.get("/supplier/").context["todos"]] == ["还剩 3 天"]


def test_stock_is_changed_in_two_taps(cadre_client: Client, scene: Scene, now: datetime) -> None:
    offer = on_sale(scene, now)
    address = f"/supplier/offers/{offer.pk}/stock/"
    assert cadre_client.get(address).context["form"].initial == {"quantity": 300, "seen": 300}
    assert (
        cadre_client.post(address, {"quantity": "１,２００", "seen": "300"}).url
        == f"/supplier/offers/{offer.pk}/"
    )
    for quantity, message in (
        ("-1", FROM_NOUGHT),
        ("1.5", FROM_NOUGHT),
        ("9" * 20, "数量为 0 至 1000 万的整数。"),
    ):
        assert errors(cadre_client.post(address, {"quantity": quantity})) == {"quantity": [message]}
    offer.refresh_from_db()
    assert offer.stock_record is not None
    assert offer.stock_record.num_in_stock == 1200


def test_what_is_sold_while_the_form_is_open_does_not_come_back(
    cadre_client: Client, scene: Scene, now: datetime
) -> None:
    offer = on_sale(scene, now)
    record = offer.stock_record
    assert record is not None
    address = f"/supplier/offers/{offer.pk}/stock/"
    form = cadre_client.get(address).context["form"]
    stock.reserve(source_key="request:1", lines={record.pk: 30}, expires_at=None, now=now)
    page = cadre_client.post(address, {"quantity": "300", "seen": form["seen"].value()})
    assert errors(page) == {"quantity": ["您打开后数量有变化：现在可售 270。请核对后再保存。"]}
    told = page.context["form"]
    assert (told["quantity"].value(), told["seen"].value()) == ("300", 270)
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (300, 30)
    assert cadre_client.post(address, {"quantity": "250", "seen": "270"}).status_code == 302
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (280, 30)


def test_step_two_of_a_returned_offer_begins_with_what_is_left(
    cadre_client: Client, scene: Scene, now: datetime
) -> None:
    offer = on_sale(scene, now)
    assert offer.stock_record is not None
    drafted = f"offer-{offer.pk}-goods:{offer.revision}"
    lines = {offer.stock_record.pk: 200}
    stock.reserve(source_key="order:1", lines=lines, expires_at=None, now=now)
    stock.ship(source_key="order:1", lines=lines, now=now)
    services.change_price(offer_id=offer.pk, price=Decimal("6.00"), tiers=[], actor=scene.cadre, now=now)
    services.return_offer(offer_id=offer.pk, reason="太贵", actor=scene.officer, now=now)
    address = f"/supplier/offers/{offer.pk}/goods/"
    fresh = cadre_client.get(address).context
    assert (fresh["form"].initial["quantity"], fresh["form"].initial["seen"]) == (100, 100)
    # What a phone kept of the step before it was sold from is not put into the form.
    assert drafted != fresh["draft"]
    # "" is what a draft of the first time says.
    for seen in ("300", ""):
        page = cadre_client.post(address, goods_typed(scene) | {"quantity": "310", "seen": seen})
        assert list(errors(page)) == ["quantity"]
        assert page.context["form"]["seen"].value() == 100


def test_a_form_saves_what_it_shows_and_no_more(cadre_client: Client, scene: Scene, now: datetime) -> None:
    """While its pages are open, units are reserved and somebody else changes what the page does not show."""
    offer = on_sale(scene, now)
    record = offer.stock_record
    assert record is not None
    for page in ("stock/", "price/"):
        cadre_client.get(f"/supplier/offers/{offer.pk}/{page}")
    stock.reserve(source_key="request:1", lines={record.pk: 30}, expires_at=None, now=now)
    stock.set_price(stock_record=record, price=Decimal("4.80"), now=now, actor=scene.cadre)
    cadre_client.post(f"/supplier/offers/{offer.pk}/stock/", {"quantity": "200", "seen": "270"})
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated, record.price) == (230, 30, Decimal("4.80"))
    cadre_client.post(f"/supplier/offers/{offer.pk}/price/", {"price": "4.20"})
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated, record.price) == (230, 30, Decimal("4.20"))
    assert stock_differences() == []


def test_a_lower_price_holds_at_once(cadre_client: Client, scene: Scene, now: datetime) -> None:
    offer = on_sale(scene, now)
    cadre_client.post(f"/supplier/offers/{offer.pk}/price/", {"price": "4.20"})
    offer.refresh_from_db()
    assert (offer.status, offer.price) == ("recognised", Decimal("4.20"))


def test_a_higher_price_asks_before_it_goes_back_to_the_office(
    cadre_client: Client, scene: Scene, now: datetime
) -> None:
    offer = on_sale(scene, now)
    address = f"/supplier/offers/{offer.pk}/price/"
    response = cadre_client.post(address, {"price": "5.01"})
    assert response.context["asks"] is True
    assert "等县里重新审" in response.content.decode()
    offer.refresh_from_db()
    assert (offer.status, offer.price) == ("recognised", Decimal("5.00"))
    cadre_client.post(address, {"price": "5.01", "raise": "yes"})
    offer.refresh_from_db()
    assert (offer.status, offer.price) == ("submitted", Decimal("5.01"))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"price": "0"}, PRICED),
        ({"price": "4", "bulk_min_quantity": "100", "bulk_price": "4.50"}, CHEAPER),
        ({"price": "4", "bulk_min_quantity": "100"}, PRICED),
    ],
)
def test_a_price_that_makes_no_sense_is_named(
    cadre_client: Client, scene: Scene, now: datetime, typed: dict[str, str], message: str
) -> None:
    offer = on_sale(scene, now)
    response = cadre_client.post(f"/supplier/offers/{offer.pk}/price/", typed)
    assert errors(response) == {"price": [message]}
    offer.refresh_from_db()
    assert offer.price == Decimal("5.00")


def test_an_offer_is_taken_back(cadre_client: Client, scene: Scene, now: datetime) -> None:
    offer = on_sale(scene, now)
    address = f"/supplier/offers/{offer.pk}/"
    cadre_client.get(f"{address}withdraw/")
    offer.refresh_from_db()
    assert offer.status == "recognised"
    for _twice in range(2):
        assert cadre_client.post(f"{address}withdraw/").url == address
    offer.refresh_from_db()
    assert offer.status == "withdrawn"
    assert cadre_client.get("/supplier/offers/").context["rows"] == []
    assert len(cadre_client.get("/supplier/offers/?ended=1").context["rows"]) == 1
    for page in ("goods/", "terms/", "check/", "photo/"):
        assert cadre_client.get(address + page).url == address


def test_the_list_costs_the_same_for_one_and_for_fifty(
    cadre_client: Client, scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factory.filled(scene)
    with django_assert_num_queries(7):  # session, user, memberships, count, page, images, categories
        assert len(cadre_client.get("/supplier/offers/").context["rows"]) == 1
    for _number in range(49):
        factory.filled(scene)
    with django_assert_num_queries(7):
        assert cadre_client.get("/supplier/offers/").context["page"].paginator.count == 50
