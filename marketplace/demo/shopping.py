"""What the demo's individual bought in the year, each purchase led through the real services to its fate.

Every step asks where the purchase stands and goes on from there: an interrupted load is continued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.campaigns.models import Campaign
from marketplace.core.periods import shanghai_day, start_of_day
from marketplace.demo import campaigns
from marketplace.demo.goods import OnSale
from marketplace.demo.organisations import Seller
from marketplace.demo.year import HOME_COUNTY, OrderStory, Step
from marketplace.order.models import Order
from marketplace.procurement.dues import due_fen
from marketplace.procurement.gateways import Paid
from marketplace.procurement.models import Payment, PurchaseRequest
from marketplace.procurement.services import online, payments, requests
from marketplace.procurement.services.delivery import Delivery

GATEWAY = "sandbox"
# How many days ago, and what became of it: the last ones show every state on the way.
PURCHASES = (
    (330, "received"), (262, "received"), (205, "returned"), (171, "cancelled"), (140, "unpaid"),
    (96, "rejected_goods"), (63, "late"), (41, "received"), (20, "refused"), (9, "received"), (4, "shipped"),
    (2, "confirmed"), (1, "contracted"), (0, "waiting"),
)  # fmt: skip
# Money that a supplier sends back is confirmed, but for the newest, which shows what is to be done.
UNCONFIRMED = "refused"
REPAID_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Plan:
    """One purchase: what, when, and its fate."""

    key: str
    quantities: dict[int, int]
    at: datetime
    fate: str
    campaign_id: int | None


def plans(seed: int, goods: Sequence[OnSale], running: Sequence[Campaign], now: datetime) -> list[Plan]:
    """The year's purchases, oldest first; the same for the same seed, goods and day."""
    random = Random(f"{seed} shopper")  # noqa: S311 -- a demo, not a secret
    home = [each for each in goods if each.county_code == HOME_COUNTY]
    return [
        Plan(
            key=f"demo-{seed}-own-{number:02d}",
            quantities=chosen(random, goods, home),
            at=(at := moment(random, days, now)),
            fate=fate,
            campaign_id=campaigns.carried_by(running, at, number),
        )
        for number, (days, fate) in enumerate(PURCHASES)
    ]


def chosen(random: Random, goods: Sequence[OnSale], home: Sequence[OnSale]) -> dict[int, int]:
    """Stock record id → sale units: something from the home county, something from elsewhere."""
    picked = [*random.sample(list(home), 2), *random.sample(list(goods), random.randint(0, 2))]
    return {each.record.pk: random.randint(1, 5) for each in picked}


def moment(random: Random, days: int, now: datetime) -> datetime:
    """When it is checked out: in the daytime of its day; what still waits, within its reservation."""
    hour = random.randint(8, 21)
    if days == 0:
        return now - timedelta(minutes=3)
    return start_of_day(shanghai_day(now) - timedelta(days=days)) + timedelta(hours=hour)


class ShopperStory(OrderStory):
    """Leads one purchase of an individual to its fate."""

    why_cancelled = "买重复了"

    def __init__(self, plan: Plan, shopper: User, sellers: Mapping[int, Seller]) -> None:
        super().__init__(fate=plan.fate, at=plan.at, sellers=sellers, canceller=shopper, receiver=shopper)
        self.plan = plan
        self.shopper = shopper

    @property
    def steps(self) -> tuple[Step, ...]:
        """An individual has paid before; what they paid too much comes back in the end."""
        return self.confirm, self.ship, self.receive, self.give_back, self.repay

    def tell(self) -> None:
        """The purchase as far as its fate goes."""
        request = self.checked_out()
        if request.status == PurchaseRequest.Status.PENDING:
            self.paid(request)
        request.refresh_from_db()
        if request.purchase:
            for order in request.purchase.orders.order_by("pk"):
                self.order(order)

    def checked_out(self) -> PurchaseRequest:
        """The request, checked out once."""
        key = self.plan.key
        known = PurchaseRequest.objects.of_individuals().filter(requester=self.shopper, key=key).first()
        if known:
            return known
        baskets.put_in(
            user=self.shopper,
            institution=None,
            quantities=self.plan.quantities,
            campaign_id=self.plan.campaign_id,
            now=self.at,
        )
        return requests.check_out(user=self.shopper, key=key, delivery=self.delivery(), now=self.at)

    def delivery(self) -> Delivery:
        """To her own door."""
        return Delivery(
            recipient=self.shopper.get_full_name(),
            recipient_phone=self.shopper.phone or "",
            delivery_region_id="445202",
            delivery_address="示范小区3栋502房",
        )

    def paid(self, request: PurchaseRequest) -> None:
        """Paid, unless its fate is to be cancelled, to run out or to wait; late means after cancelling."""
        if self.fate == "waiting":
            return
        if self.fate == "unpaid":
            requests.expire_request(request_id=request.pk, now=request.expires_at)
            return
        later = self.at + timedelta(minutes=4)
        if self.fate == "late":
            requests.withdraw_request(request_id=request.pk, actor=self.shopper, now=later)
        said = Paid(online.reference_of(request), f"SANDBOX-{self.plan.key}", request.total_fen)
        payment = online.take_payment(gateway=GATEWAY, paid=said, now=later)
        online.refund_payment(payment_id=payment.pk, now=later + timedelta(minutes=1))

    def repay(self, order: Order) -> Order:
        """What was paid too much, sent back by the supplier and confirmed, but for the newest."""
        amount = due_fen(order, list(order.lines.all()), Payment.Direction.REPAYMENT)
        if not amount or order.payments.filter(direction=Payment.Direction.REPAYMENT).exists():
            return order
        at = self.at + REPAID_AFTER
        money = payments.record_payment(
            order_id=order.pk,
            actor=self.sellers[order.supplier_id].cadre,
            direction=Payment.Direction.REPAYMENT,
            amount_fen=amount,
            paid_on=shanghai_day(at),
            bank_reference=f"TK{order.pk:09d}",
            now=at,
        )
        if self.fate != UNCONFIRMED:
            later = at + timedelta(days=1)
            payments.confirm_payment(payment_id=money.pk, actor=self.shopper, now=later)
        return order


def tell_all(plans: Sequence[Plan], shopper: User, sellers: Mapping[int, Seller]) -> None:
    """Leads every purchase to its fate, oldest first."""
    for plan in plans:
        ShopperStory(plan, shopper, sellers).tell()
