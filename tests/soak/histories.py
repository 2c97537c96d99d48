"""Generated histories of a small market, and a reckoning beside it with which it must agree to the fen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from catalog.partner.queries import stock_differences
from marketplace.accounts.models import User
from marketplace.core.periods import Window
from marketplace.order.models import Line, Order, Purchase
from marketplace.procurement.dues import due_fen, recordable_fen, to_set_off_fen
from marketplace.procurement.models import Cancellation, Payment, RequestLine
from marketplace.procurement.queries import statement_row
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.procurement.services.orders import Move, possible_moves
from marketplace.procurement.supplier_work import orders_to_repay
from marketplace.sales_journal import queries
from marketplace.sales_journal.queries import Totals
from supplier_villages.regions.models import Region, RegionSuccession
from tests.factories import trade
from tests.soak.invariants import violations
from tests.transactions import undone

NOW = dt.datetime.fromisoformat("2020-03-01T10:00:00+08:00")
YEAR = Window.year(NOW.date())
MONTHS = [Window.month(dt.date(2020, month, 1)) for month in range(1, 13)]
CITY, COUNTY, MERGED_COUNTY = "445200", "445202", "445203"
VILLAGES = {COUNTY: "445202007203", MERGED_COUNTY: "445203001204"}
ENOUGH_ORDERS = 4
# Of seven units at 3.01 (from five on), twelve at 0.07, and the freight 12.34: all but a little of the goods.
FIRST_FEN = 7 * 301 + 12 * 7 - 50
FEN = Decimal("0.01")


class World:
    """A school and its first purchase of three products of two suppliers and counties; one who buys alone."""

    def __init__(self) -> None:
        trade.land()
        self.school, self.shopper = trade.unit(), trade.shopper()
        self.farms = [trade.seller("甲合作社", flat_freight="12.34"), trade.seller("乙合作社")]
        self.records = [
            self.goods(self.farms[0], COUNTY, "3.33", ((5, "3.01"), (9, "2.99"))),
            self.goods(self.farms[0], MERGED_COUNTY, "0.07", ()),
            self.goods(self.farms[1], COUNTY, "19.99", ((3, "6.67"),)),
        ]
        wanted = dict(zip((record.pk for record in self.records), (7, 12, 3), strict=True))
        self.first = trade.bought(self.school, wanted, NOW)
        self.arrived, self.under_way = self.first.orders.order_by("number")
        self.begin()

    def begin(self) -> None:
        """Of the first purchase one order is here, almost paid; of the other all but one is under way."""
        for order, shipped in ((self.arrived, None), (self.under_way, {self.under_way.lines.get().pk: 2})):
            who = {"order_id": order.pk, "actor": self.farm_of(order).cadre, "now": NOW}
            fulfilment.confirm_order(**who)
            fulfilment.ship_order(**who, carrier="邮政", tracking_number="1", quantities=shipped)
        order = {"order_id": self.arrived.pk, "now": NOW}
        fulfilment.receive_order(**order, actor=self.school.receiver, judgements=None)
        paid = payments.record_payment(
            **order,
            actor=self.school.finance,
            direction=Payment.Direction.PAYMENT,
            amount_fen=FIRST_FEN,
            paid_on=NOW.date(),
            bank_reference="1",
        )
        payments.confirm_payment(payment_id=paid.pk, actor=self.farms[0].cadre, now=NOW)

    def goods(
        self, farm: trade.Seller, county: str, price: str, tiers: tuple[tuple[int, str], ...]
    ) -> StockRecord:
        """A product of the county's village, on sale all year."""
        record = trade.goods(farm, NOW, price=price, tiers=tiers, village=VILLAGES[county])
        for open_window in (stock.set_recognised_window, stock.set_offered_window):
            open_window(stock_record_id=record.pk, start=NOW, end=NOW + dt.timedelta(days=366), now=NOW)
        return record

    def farm_of(self, order: Order) -> trade.Seller:
        return next(farm for farm in self.farms if farm.supplier.pk == order.supplier_id)


@dataclass
class Reckoned:
    """An order line as it must be: unit price in fen, and what became of its sale units."""

    county: str
    unit_fen: int
    ordered: int
    order: int
    cancelled: int = 0
    shipped: int = 0
    accepted: int = 0
    rejected: int = 0
    returned: int = 0

    @property
    def owed_fen(self) -> int:
        return self.unit_fen * (self.ordered - self.cancelled - self.rejected - self.returned)

    @property
    def contracted_fen(self) -> int:
        return self.unit_fen * (self.ordered - self.cancelled - self.rejected)

    @property
    def accepted_fen(self) -> int:
        return self.unit_fen * (self.accepted - self.returned)


@dataclass
class History:
    """One history: acts that are possible where it stands, each also reckoned by hand."""

    world: World
    random: Random
    most_acts: int
    acts: list[str] = field(default_factory=list)
    now: dt.datetime = NOW
    lines: dict[int, Reckoned] = field(default_factory=dict)
    # Of each order: what is owed and paid by the acts so far.
    freight_fen: dict[int, int] = field(default_factory=dict)
    paid_fen: Counter[int] = field(default_factory=Counter)
    # Transfers that the other side has yet to confirm.
    recorded: list[Payment] = field(default_factory=list)
    is_merged: bool = False
    orders: list[Order] = field(default_factory=list)

    def run(self) -> None:
        """The first purchase as the world left it, then some acts, then every check."""
        self.bought(self.world.first)
        for line in Line.objects.filter(order=self.world.arrived):
            self.lines[line.pk].shipped = self.lines[line.pk].accepted = line.quantity
        self.lines[self.world.under_way.lines.get().pk].shipped = 2
        self.paid_fen[self.world.arrived.pk] = FIRST_FEN
        self.orders = self.read_orders()
        for _step in range(self.random.randint(1, self.most_acts)):
            self.now += dt.timedelta(days=self.random.randint(0, 20))
            possible = sorted(self.possible())
            # Onwards rather than back: else most histories end before anything is shipped.
            onwards = [name for name in possible if name in ONWARDS]
            self.act(self.random.choice(possible + 3 * onwards))
        self.check()

    def act(self, name: str) -> None:
        """The act of this name, noted; it explains itself in the stock's history, and dues follow."""
        self.acts.append(name)
        getattr(self, name)()
        assert stock_differences() == []
        self.orders = self.read_orders()
        self.check_dues()

    def possible(self) -> set[str]:
        """What can be done now: editing, buying more, and what is possible with an order or due on one."""
        names = {"price", "restock"} if self.is_merged else {"price", "restock", "merge"}
        if len(self.orders) < ENOUGH_ORDERS:
            names |= {"order", "buy_alone"}
        names |= {ACTS[move] for order in self.orders for move in possible_moves(order, order.lines.all())}
        names |= {name for name, direction in TRANSFERS.items() if self.owing(direction)}
        return names | {"settle"} if self.recorded else names

    def read_orders(self) -> list[Order]:
        """All of them, with their lines and payments."""
        found = Order.objects.select_related("purchase").prefetch_related("lines", "payments")
        return list(found.order_by("pk"))

    def order_for(self, move: Move) -> Order:
        """One with which the move is possible."""
        allowing = [o for o in self.orders if move in possible_moves(o, o.lines.all())]
        return self.random.choice(allowing)

    def owing(self, direction: Payment.Direction) -> list[Order]:
        """The orders of which something more can be recorded in this direction."""
        return [order for order in self.orders if recordable_fen(order, direction)]

    def some(self, limits: dict[int, int]) -> dict[int, int]:
        """Quantities within the limits by the same keys, at least one of them positive."""
        possible = {key: limit for key, limit in limits.items() if limit}
        drawn = {key: self.random.randint(0, limit) for key, limit in possible.items()}
        wanted = {key: quantity for key, quantity in drawn.items() if quantity}
        return wanted or dict([next(iter(possible.items()))])

    def cart(self) -> dict[int, int]:
        """Sale units of some of the products, 1 to 12 each, as far as they are there."""
        records = StockRecord.objects.order_by("pk")
        return self.some({record.pk: min(record.net_stock_level, 12) for record in records})

    def order(self) -> None:
        self.bought(trade.bought(self.world.school, self.cart(), self.now, f"order {len(self.acts)}"))

    def buy_alone(self) -> None:
        purchase = trade.own_purchase(self.world.shopper, self.cart(), self.now, f"alone {len(self.acts)}")
        self.bought(purchase)
        for order in purchase.orders.all():
            self.paid_fen[order.pk] = int(order.total_incl_tax * 100)

    def bought(self, purchase: Purchase) -> None:
        """Reckons the lines by the prices of this moment: one price per line, whatever is shown."""
        for line in Line.objects.filter(order__purchase=purchase).select_related("stockrecord__product"):
            record = line.stockrecord
            tiers = [(1, record.price), *record.tiers.values_list("min_quantity", "price")]
            unit = min(price for minimum, price in tiers if minimum <= line.quantity)
            county = record.product.origin_village_id[:6]
            self.lines[line.pk] = Reckoned(county, int(unit * 100), line.quantity, line.order_id)
        for order in purchase.orders.select_related("supplier"):
            self.freight_fen[order.pk] = int(order.supplier.flat_freight * 100)

    def price(self) -> None:
        record = self.random.choice(self.world.records)
        price = self.random.randint(10, 9_999) * FEN
        farm = next(farm for farm in self.world.farms if farm.supplier == record.partner)
        tiers = [stock.Tier(4, price - FEN)]
        stock.set_price(stock_record=record, price=price, tiers=tiers, now=self.now, actor=farm.cadre)

    def restock(self) -> None:
        record = self.random.choice(self.world.records)
        available = self.random.randint(5, 2_000)
        farm = next(farm for farm in self.world.farms if farm.supplier == record.partner)
        stock.set_stock(stock_record=record, available=available, now=self.now, actor=farm.cadre)

    def merge(self) -> None:
        """One county goes into the other; what was sold under its old code counts with the new one."""
        RegionSuccession.objects.create(
            old_code=MERGED_COUNTY, old_name="揭东区", new_id=COUNTY, changed_after=self.now.date()
        )
        Region.objects.filter(code=MERGED_COUNTY).update(valid_to=self.now.date())
        self.is_merged = True

    def confirm(self) -> None:
        order, cadre = self.supplied(Move.CONFIRM)
        open_units = {line.pk: line.quantity_open for line in order.lines.all()}
        wanted = self.some(open_units)
        for pk, quantity in open_units.items():
            self.lines[pk].cancelled += quantity - wanted.get(pk, 0)
        fulfilment.confirm_order(
            order_id=order.pk, actor=cadre, quantities=wanted, reason="减产", now=self.now
        )

    def refuse(self) -> None:
        order, cadre = self.supplied(Move.REFUSE)
        for line in order.lines.all():
            self.lines[line.pk].cancelled += line.quantity_open
        fulfilment.refuse_order(order_id=order.pk, actor=cadre, reason="没有货", now=self.now)

    def cancel(self) -> None:
        order = self.order_for(Move.CANCEL)
        wanted = self.some({line.pk: line.quantity_open for line in order.lines.all()})
        for pk, quantity in wanted.items():
            self.lines[pk].cancelled += quantity
        fulfilment.cancel_order(
            order_id=order.pk,
            actor=self.buyer(order, self.world.school.requester),
            kind=Cancellation.Kind.BUYER,
            reason="停课",
            quantities=wanted,
            now=self.now,
        )

    def ship(self) -> None:
        order, cadre = self.supplied(Move.SHIP)
        wanted = self.some({line.pk: line.quantity_open for line in order.lines.all()})
        for pk, quantity in wanted.items():
            self.lines[pk].shipped += quantity
        fulfilment.ship_order(
            order_id=order.pk,
            actor=cadre,
            carrier="邮政",
            tracking_number="1",
            quantities=wanted,
            now=self.now,
        )

    def receive(self) -> None:
        order = self.order_for(Move.RECEIVE)
        under_way = {line.pk: line.quantity_in_transit for line in order.lines.all()}
        judged = {}
        for pk, quantity in self.some(under_way).items():
            accepted = self.random.randint(0, quantity)
            judged[pk] = Judgement(accepted, quantity - accepted, "压坏")
            self.lines[pk].accepted += accepted
            self.lines[pk].rejected += quantity - accepted
        actor = self.buyer(order, self.world.school.receiver)
        fulfilment.receive_order(order_id=order.pk, actor=actor, judgements=judged, now=self.now)

    def give_back(self) -> None:
        order = self.order_for(Move.RETURN)
        wanted = self.some({line.pk: line.quantity_kept for line in order.lines.all()})
        for pk, quantity in wanted.items():
            self.lines[pk].returned += quantity
        actor = self.buyer(order, self.world.school.receiver)
        fulfilment.return_goods(
            order_id=order.pk, actor=actor, quantities=wanted, reason="霉变", now=self.now
        )

    def supplied(self, move: Move) -> tuple[Order, User]:
        order = self.order_for(move)
        return order, self.world.farm_of(order).cadre

    def buyer(self, order: Order, at_school: User) -> User:
        return self.world.shopper if order.purchase.is_individual else at_school

    def pay(self) -> None:
        self.record("pay")

    def refund(self) -> None:
        self.record("refund")

    def record(self, name: str) -> None:
        """Some of what is due of an order, as the paying side states it."""
        direction = TRANSFERS[name]
        order = self.random.choice(self.owing(direction))
        payment = payments.record_payment(
            order_id=order.pk,
            actor=self.sides(order, direction)[0],
            direction=direction,
            amount_fen=self.random.randint(1, recordable_fen(order, direction)),
            paid_on=self.now.date(),
            bank_reference=f"{name} {len(self.acts)}",
            now=self.now,
        )
        self.recorded.append(payment)

    def settle(self) -> None:
        """A transfer confirmed by who received it, whatever became of the goods meanwhile."""
        payment = self.random.choice(self.recorded)
        payee = self.sides(payment.order, payment.direction)[1]
        payments.confirm_payment(payment_id=payment.pk, actor=payee, now=self.now)
        self.recorded.remove(payment)
        is_payment = payment.direction == Payment.Direction.PAYMENT
        self.paid_fen[payment.order_id] += payment.amount_fen if is_payment else -payment.amount_fen

    def sides(self, order: Order, direction: str) -> list[User]:
        """Who pays and who is paid."""
        sides = [self.buyer(order, self.world.school.finance), self.world.farm_of(order).bookkeeper]
        return sides if direction == Payment.Direction.PAYMENT else sides[::-1]

    def check_dues(self) -> None:
        """What is due of an order is due one way only, and account, state and what can be recorded agree."""
        for order in self.orders:
            lines, due = list(order.lines.all()), self.due_fen(order)
            directions = {Payment.Direction.PAYMENT: max(due, 0), Payment.Direction.REPAYMENT: max(-due, 0)}
            for direction, expected in directions.items():
                assert due_fen(order, lines, direction) == expected
                waiting = self.waiting_fen(order, direction)
                assert recordable_fen(order, direction) == max(expected - waiting, 0)
            assert statement_row(order, lines).outstanding_fen == due
            assert to_set_off_fen(order, lines) == 0
            paid = {"paid"} if self.paid_fen[order.pk] else {"refunded", "unpaid"}
            assert order.payment_status in ({"part", "unpaid"} if due > 0 else paid)

    def due_fen(self, order: Order) -> int:
        """What is still to be paid of the order, by the reckoning; negative where it must go back."""
        lines = [line for line in self.lines.values() if line.order == order.pk]
        is_freight_owed = any(line.ordered > line.cancelled for line in lines)
        owed = sum(line.owed_fen for line in lines) + self.freight_fen[order.pk] * is_freight_owed
        return owed - self.paid_fen[order.pk]

    def waiting_fen(self, order: Order, direction: str) -> int:
        """What was recorded in this direction and is yet to be confirmed."""
        waiting = [each for each in self.recorded if (each.order_id, each.direction) == (order.pk, direction)]
        return sum(payment.amount_fen for payment in waiting)

    def check(self) -> None:
        """Figures, journal, orders, stock and what is shown agree with each other and with the reckoning."""
        assert violations(self.now) == []
        self.check_figures()
        self.check_money()
        self.check_lines()

    def check_figures(self) -> None:
        """Contracted and accepted of each county, of the city, and of its months together."""
        goods = {county: self.reckoned([county]) for county in VILLAGES}
        if self.is_merged:
            goods = {COUNTY: self.reckoned(VILLAGES), MERGED_COUNTY: (0, 0)}
        for county, expected in goods.items():
            assert of_goods(queries.totals(region_codes=[county], window=YEAR)) == expected, county
        city = Region.objects.get(code=CITY)
        whole = queries.totals(region_codes=[CITY], window=YEAR)
        assert of_goods(whole) == self.reckoned(VILLAGES)
        rows = queries.totals_by_child(region=city, window=YEAR)
        assert sum((row.totals for row in rows), Totals()) == whole
        assert sum(queries.totals_of_each(region_codes=[CITY], windows=MONTHS), Totals()) == whole

    def reckoned(self, counties: Iterable[str]) -> tuple[int, int]:
        """Contracted and accepted fen of the lines from these counties."""
        lines = [line for line in self.lines.values() if line.county in counties]
        return sum(line.contracted_fen for line in lines), sum(line.accepted_fen for line in lines)

    def check_money(self) -> None:
        """What is paid stands on lines and freight, on lines it is the figure; who must repay is listed."""
        journalled = queries.totals(region_codes=[CITY], window=YEAR).paid_fen
        on_lines = sum(line.paid_fen - line.repaid_fen for line in Line.objects.all())
        on_freight = sum(order.freight_paid_fen for order in Order.objects.all())
        assert (journalled, on_lines + on_freight) == (on_lines, self.paid_fen.total())
        listed = {order for farm in self.world.farms for order in orders_to_repay(farm.supplier)}
        assert listed == set(self.owing(Payment.Direction.REPAYMENT))

    def check_lines(self) -> None:
        """Each line is what was reckoned; unit × quantity is the line; lines and freight are the order."""
        lines = Line.objects.in_bulk()
        assert lines.keys() == self.lines.keys()
        for pk, expected in self.lines.items():
            line = lines[pk]
            found = (line.unit_price_fen, line.quantity, line.quantity_cancelled, line.quantity_shipped)
            assert found == (expected.unit_fen, expected.ordered, expected.cancelled, expected.shipped)
            found = (line.quantity_accepted, line.quantity_rejected, line.quantity_returned)
            assert found == (expected.accepted, expected.rejected, expected.returned)
            assert line.unit_price_incl_tax * line.quantity == line.line_price_incl_tax
        for asked in RequestLine.objects.all():
            assert asked.unit_price * asked.quantity * 100 == asked.line_fen
        for order in self.orders:
            goods = sum(line.line_price_incl_tax for line in order.lines.all())
            assert order.total_incl_tax == goods + order.shipping_incl_tax
        for purchase in Purchase.objects.prefetch_related("orders"):
            assert purchase.total_fen == sum(order.total_incl_tax for order in purchase.orders.all()) * 100


ONWARDS = {"confirm", "ship", "receive", "give_back", "pay", "refund", "settle"}
# What each move is called here.
ACTS = {**{move: move.value for move in Move}, Move.RETURN: "give_back"}
TRANSFERS = {"pay": Payment.Direction.PAYMENT, "refund": Payment.Direction.REPAYMENT}


def of_goods(totals: Totals) -> tuple[int, int]:
    return totals.contracted_fen, totals.accepted_fen


def try_histories(number: int, most_acts: int, *, derandomize: bool = False) -> Counter[str]:
    """So many histories in one world, each undone after its checks; how often each act was done.

    A history has up to so many acts. Derandomized, they do not change from run to run without a reason; what
    hypothesis draws depends also on the modules that are loaded, in which it looks for constants.

    Raises:
        AssertionError: something did not add up; hypothesis prints the shortest such history.
    """
    world, acts = World(), Counter[str]()

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=derandomize,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.randoms(note_method_calls=True))
    def one(random: Random) -> None:
        acts.update(tried(world, random, most_acts))

    one()
    return acts


def repeat_histories(seeds: Iterable[int], most_acts: int) -> Counter[str]:
    """As `try_histories`, one of each seed: the same ones in every run, whatever modules are loaded.

    Raises:
        AssertionError: something did not add up; a note names the seed.
    """
    world, acts = World(), Counter[str]()
    for seed in seeds:
        try:
            acts.update(tried(world, Random(seed), most_acts))  # noqa: S311 -- no secret
        except Exception as error:
            error.add_note(f"In the history of the seed {seed}.")
            raise
    return acts


def tried(world: World, random: Random, most_acts: int) -> list[str]:
    """One history in the world, checked and undone: its acts."""
    history = History(world, random, most_acts)
    with undone():
        history.run()
        transaction.set_rollback(True)
    return history.acts
