"""What the demo's buyers keep for the next purchase: addresses and favourites."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from catalog.partner import services as stock
from marketplace.accounts.models import User
from marketplace.demo.goods import OnSale
from marketplace.demo.organisations import Seller
from marketplace.demo.people import Staff
from marketplace.favourites import services as marks
from marketplace.procurement.services.addresses import save_address
from marketplace.procurement.services.delivery import Destination


def addresses(shopper: User, school: Staff, now: datetime) -> None:
    """Two of the shopper's own, and the school's two doors; a repeat changes nothing."""
    home = Destination(shopper.get_full_name(), shopper.phone or "", "445202", "示范小区3栋502房")
    parents = Destination("黄国强", "13900000021", "445224", "示范路5号")
    for place in (home, parents):
        save_address(actor=shopper, institution=None, destination=place, is_default=False, now=now)
    for recipient, phone, street in (
        ("总务处", "13900000007", "示范路1号 学校正门"),
        ("食堂 赵磊", "13900000007", "示范路3号 食堂后门（早上7点前）"),
    ):
        save_address(
            actor=school.requester,
            institution=school.institution,
            destination=Destination(recipient, phone, school.delivery_region_id, street),
            is_default=False,
            now=now,
        )


def favourites(
    users: Sequence[User], on_sale: Sequence[OnSale], sellers: Mapping[int, Seller], now: datetime
) -> None:
    """For each of the users a few goods, one of them just sold out; a repeat changes nothing."""
    sold_out = on_sale[-1].record
    stock.set_stock(stock_record=sold_out, available=0, now=now, actor=sellers[sold_out.partner_id].cadre)
    for user in users:
        for record in (sold_out, *(each.record for each in on_sale[:40:8])):
            marks.mark(user=user, product_id=record.product_id)
