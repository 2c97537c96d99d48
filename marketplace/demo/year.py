"""A year of purchases, each led through the real services with the clock of its day as far as its fate goes.

Every step asks where the request or order stands and goes on from there: an interrupted load is continued.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.campaigns.models import Campaign
from marketplace.core.periods import shanghai_day, start_of_day
from marketplace.demo import campaigns
from marketplace.demo.goods import OnSale
from marketplace.demo.organisations import Seller
from marketplace.demo.people import Staff
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.status import Fulfilment
from marketplace.order.status import Payment as PaymentStatus
from marketplace.procurement.dues import due_fen
from marketplace.procurement.models import Cancellation, Payment, PurchaseRequest
from marketplace.procurement.services import fulfilment, payments, placing, requests
from marketplace.procurement.services.delivery import Delivery
from marketplace.procurement.services.fulfilment import Certificate, Judgement

Direction = Payment.Direction
# The county whose supplier and office have logins: the newest purchases are to be seen there.
HOME_COUNTY = "445203"
DAYS = 365
SUPPLIERS = 3
PURPOSES = ("食堂采购", "工会慰问品", "以购代捐", "节日福利")
# What becomes of how many purchases.
FATES = {
    "paid": 50, "accepted": 10, "part_paid": 5, "returned": 5, "sent_back": 3, "short": 5,
    "rejected_goods": 4, "refused": 3, "cancelled": 3,
    "request_rejected": 3, "request_withdrawn": 2, "request_expired": 3,
}  # fmt: skip
# The newest purchases show every state on the way.
RECENT = (
    "pending", "pending", "contracted", "contracted", "confirmed", "confirmed", "part_shipped", "shipped",
    "shipped", "part_accepted", "accepted", "pending", "contracted", "shipped",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One purchase: who, what, when, and its fate."""

    key: str
    staff: Staff
    quantities: dict[int, int]
    at: datetime
    fate: str
    campaign_id: int | None


def plans(
    seed: int, staffs: Sequence[Staff], goods: Sequence[OnSale], running: Sequence[Campaign], now: datetime
) -> list[Plan]:
    """The year's purchases, oldest first; the same for the same seed, goods and day."""
    random = Random(seed)  # noqa: S311 -- a demo, not a secret
    home = next(each.record.partner_id for each in goods if each.county_code == HOME_COUNTY)
    fates = [*shuffled(random), *RECENT]
    return [
        Plan(
            key=f"demo-{seed}-{number:04d}",
            staff=staffs[0] if is_recent else random.choice(staffs),
            quantities=chosen(random, offered(random, goods, [home] if is_recent else [])),
            at=(at := moment(random, fate, DAYS * number // len(fates), now)),
            fate=fate,
            campaign_id=campaigns.carried_by(running, at, number),
        )
        for number, fate in enumerate(fates)
        for is_recent in [number >= len(fates) - len(RECENT)]
    ]


def shuffled(random: Random) -> list[str]:
    """The fates of all but the newest purchases, each as often as FATES says."""
    fates = [fate for fate, count in FATES.items() for _ in range(count)]
    return random.sample(fates, len(fates))


def moment(random: Random, fate: str, day: int, now: datetime) -> datetime:
    """When it is submitted: in the working hours of its day; what still waits, within its reservation."""
    hour = random.randint(8, 17)
    if fate == "pending":
        return now - timedelta(hours=2 * hour)
    return start_of_day(shanghai_day(now) - timedelta(days=DAYS - day)) + timedelta(hours=hour)


def offered(random: Random, goods: Sequence[OnSale], always: Sequence[int]) -> list[OnSale]:
    """The products of three suppliers, the more often of one the more it has; `always` of these."""
    drawn = [each.record.partner_id for each in random.sample(list(goods), len(goods))]
    picked = list(dict.fromkeys([*always, *drawn]))[:SUPPLIERS]
    return [each for each in goods if each.record.partner_id in picked]


def chosen(random: Random, goods: Sequence[OnSale]) -> dict[int, int]:
    """Stock record id → sale units: all but perhaps one, each in its bulk quantity or twice that."""
    picked = random.sample(list(goods), len(goods) - random.randint(0, 1))
    return {each.record.pk: each.bulk_quantity * random.randint(1, 2) for each in picked}


# Leads an order on and gives it as it is then.
Step: TypeAlias = Callable[[Order], Order]


class OrderStory:
    """Leads the orders of a purchase to its fate: what is the same however it was bought."""

    why_cancelled = "放假提前"

    def __init__(
        self, *, fate: str, at: datetime, sellers: Mapping[int, Seller], canceller: User, receiver: User
    ) -> None:
        self.fate = fate
        self.at = at
        self.sellers = sellers
        self.canceller = canceller
        self.receiver = receiver

    def order(self, order: Order) -> None:
        """One supplier's part, step by step; each step goes on from the state that the one before left."""
        for step in self.steps:
            order = step(order)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done with an order, in this sequence."""
        return self.confirm, self.ship, self.receive, self.give_back

    def confirm(self, order: Order) -> Order:
        """Confirmed wholly or short, refused, or cancelled by the buyer."""
        fate, at = self.fate, self.at + timedelta(days=1)
        if order.status != Fulfilment.CONTRACTED or fate == "contracted":
            return order
        cadre = self.sellers[order.supplier_id].cadre
        if fate == "refused":
            return fulfilment.refuse_order(
                order_id=order.pk, actor=cadre, reason="连日下雨，采不出货", now=at
            )
        if fate == "cancelled":
            return fulfilment.cancel_order(
                order_id=order.pk,
                actor=self.canceller,
                kind=Cancellation.Kind.BUYER,
                reason=self.why_cancelled,
                now=at,
            )
        quantities = self.short(order) if fate == "short" else None
        reason = "只剩这些" if quantities else ""
        return fulfilment.confirm_order(
            order_id=order.pk, actor=cadre, quantities=quantities, reason=reason, now=at
        )

    def short(self, order: Order) -> dict[int, int]:
        """Nine tenths of every line."""
        return {line.pk: max(1, line.quantity * 9 // 10) for line in order.lines.all()}

    def ship(self, order: Order) -> Order:
        """Shipped wholly, or half of every line."""
        if order.status != Fulfilment.CONFIRMED or self.fate == "confirmed":
            return order
        at = self.at + timedelta(days=2)
        lines = list(order.lines.order_by("pk"))
        halves = {line.pk: max(1, line.quantity_open // 2) for line in lines}
        shipment = fulfilment.ship_order(
            order_id=order.pk,
            actor=self.sellers[order.supplier_id].cadre,
            carrier="邮政快递",
            tracking_number=f"EMS{order.pk:09d}",
            quantities=halves if self.fate in ("part_shipped", "part_accepted") else None,
            certificates={line.pk: self.certificate(line, at) for line in lines},
            now=at,
        )
        return shipment.order

    def certificate(self, line: Line, at: datetime) -> Certificate:
        """The seven fields, as the cooperative fills them in."""
        return Certificate(
            product_name=line.title,
            weight=f"{line.quantity * line.net_weight_grams // 1000}公斤",
            producer=line.partner_name,
            origin=line.village_code,
            contact="合作社办公室",
            issued_on=shanghai_day(at),
            promise="不使用禁用农药兽药，常规农药兽药残留不超标",
        )

    def receive(self, order: Order) -> Order:
        """Accepted, with a few spoiled units where that is the fate."""
        on_its_way = order.status in (Fulfilment.SHIPPED, Fulfilment.PART_SHIPPED)
        if not on_its_way or self.fate in ("shipped", "part_shipped"):
            return order
        judgements = None
        if self.fate == "rejected_goods":
            judgements = {line.pk: spoiled(line) for line in order.lines.all()}
        receipt = fulfilment.receive_order(
            order_id=order.pk,
            actor=self.receiver,
            judgements=judgements,
            now=self.at + timedelta(days=5),
        )
        return receipt.order

    def give_back(self, order: Order) -> Order:
        """A tenth of the first line goes back, or everything, where that is the fate."""
        lines = list(order.lines.order_by("pk")) if self.fate in ("returned", "sent_back") else []
        if order.status != Fulfilment.ACCEPTED or any(line.quantity_returned for line in lines) or not lines:
            return order
        tenth = {lines[0].pk: max(1, lines[0].quantity_accepted // 10)}
        everything = {line.pk: line.quantity_accepted for line in lines}
        event = fulfilment.return_goods(
            order_id=order.pk,
            actor=self.receiver,
            quantities=everything if self.fate == "sent_back" else tenth,
            reason="部分变质" if self.fate == "returned" else "与样品不符",
            now=self.at + timedelta(days=13),
        )
        return event.order


class Story(OrderStory):
    """Leads one institution's purchase to its fate."""

    def __init__(self, plan: Plan, sellers: Mapping[int, Seller]) -> None:
        self.plan = plan
        self.staff = staff = plan.staff
        super().__init__(
            fate=plan.fate,
            at=plan.at,
            sellers=sellers,
            canceller=staff.requester,
            receiver=staff.receiver,
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """An institution pays after it has accepted; its money comes back where all of the goods did."""
        return self.confirm, self.ship, self.receive, self.settle, self.give_back, self.repay

    def tell(self) -> None:
        """The purchase as far as its fate goes."""
        request = self.submitted()
        if request.status == PurchaseRequest.Status.PENDING:
            self.decided(request)
        request.refresh_from_db()
        if request.purchase:
            for order in request.purchase.orders.order_by("pk"):
                self.order(order)

    def submitted(self) -> PurchaseRequest:
        """The request, sent once."""
        institution, user = self.staff.institution, self.staff.requester
        known = PurchaseRequest.objects.filter(
            institution=institution, requester=user, key=self.plan.key
        ).first()
        if known:
            return known
        baskets.put_in(
            user=user,
            institution=institution,
            quantities=self.plan.quantities,
            campaign_id=self.plan.campaign_id,
            now=self.plan.at,
        )
        return requests.submit_request(
            user=user, institution=institution, key=self.plan.key, delivery=self.delivery(), now=self.plan.at
        )

    def delivery(self) -> Delivery:
        """To the institution's own door."""
        return Delivery(
            purpose=PURPOSES[sum(self.plan.quantities) % len(PURPOSES)],
            recipient="总务处",
            recipient_phone="13900000007",
            delivery_region_id=self.staff.delivery_region_id,
            delivery_address="示范路1号",
            wanted_on=shanghai_day(self.plan.at) + timedelta(days=14),
        )

    def decided(self, request: PurchaseRequest) -> None:
        """Approved, unless its fate is to end here or to wait."""
        later = self.plan.at + timedelta(hours=5)
        if self.plan.fate == "request_rejected":
            requests.reject_request(
                request_id=request.pk, approver=self.staff.approver, reason="超出本月预算", now=later
            )
        elif self.plan.fate == "request_withdrawn":
            requests.withdraw_request(request_id=request.pk, actor=self.staff.requester, now=later)
        elif self.plan.fate == "request_expired":
            requests.expire_request(request_id=request.pk, now=request.expires_at)
        elif self.plan.fate != "pending":
            placing.approve_request(request_id=request.pk, approver=self.staff.approver, now=later)

    def settle(self, order: Order) -> Order:
        """Paid in one transfer, or half of it."""
        is_open = order.status == Fulfilment.ACCEPTED and order.payment_status == PaymentStatus.UNPAID
        if not is_open or self.fate == "accepted" or order.payments.exists():
            return order
        due = due_fen(order, order.lines.all(), Direction.PAYMENT)
        amount = due // 2 if self.fate == "part_paid" else due
        self.transferred(order, Direction.PAYMENT, amount, self.at + timedelta(days=12))
        return order

    def repay(self, order: Order) -> Order:
        """The money back where all of the goods went back."""
        repayments = order.payments.filter(direction=Direction.REPAYMENT)
        if order.status == Fulfilment.RETURNED and not repayments.exists():
            due = due_fen(order, order.lines.all(), Direction.REPAYMENT)
            self.transferred(order, Direction.REPAYMENT, due, self.at + timedelta(days=16))
        return order

    def transferred(self, order: Order, direction: Direction, amount_fen: int, at: datetime) -> None:
        """Money from one side to the other, recorded by the one and confirmed by the other."""
        sides = [self.staff.finance, self.sellers[order.supplier_id].cadre]
        payer, payee = sides if direction == Direction.PAYMENT else reversed(sides)
        payment = payments.record_payment(
            order_id=order.pk,
            actor=payer,
            direction=direction,
            amount_fen=amount_fen,
            paid_on=shanghai_day(at),
            bank_reference=f"YH{order.pk:09d}",
            now=at,
        )
        payments.confirm_payment(payment_id=payment.pk, actor=payee, now=at + timedelta(hours=3))


def spoiled(line: Line) -> Judgement:
    """All but a twentieth accepted."""
    bad = max(1, line.quantity_in_transit // 20)
    return Judgement(accepted=line.quantity_in_transit - bad, rejected=bad, reason="运输中压坏")


def tell_all(plans: Sequence[Plan], sellers: Mapping[int, Seller]) -> int:
    """Leads every purchase to its fate, oldest first; how many purchases there are then."""
    for plan in plans:
        Story(plan, sellers).tell()
    return Purchase.objects.count()
