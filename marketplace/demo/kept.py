"""What the demo's buyers keep for the next purchase: addresses."""

from datetime import datetime

from marketplace.accounts.models import User
from marketplace.demo.people import Staff
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
