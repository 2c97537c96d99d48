"""Accepting, cancelling and sending back the goods of an order."""

import pytest

from marketplace.order.models import Line, Order
from marketplace.procurement.models import Cancellation, Receipt, ReceiptLine, Return
from tests.factories import trade
from tests.factories.users import browser_of
from tests.portals.buyer.conftest import Market, errors, said

MOVES = ("accept", "cancel", "return")


def path(order: Order, move: str = "") -> str:
    return f"/buyer/orders/{order.number}/{move}/" if move else f"/buyer/orders/{order.number}/"


def line_of(order: Order) -> Line:
    return order.lines.get()


def counts(order: Order) -> tuple[int, int, int, int, int]:
    """Cancelled, shipped, accepted, not accepted, returned."""
    line = line_of(order)
    return (
        line.quantity_cancelled,
        line.quantity_shipped,
        line.quantity_accepted,
        line.quantity_rejected,
        line.quantity_returned,
    )


def judged(order: Order, accepted: object, rejected: object = "", reason: str = "") -> dict[str, object]:
    pk = line_of(order).pk
    return {f"accepted_{pk}": accepted, f"rejected_{pk}": rejected, f"reason_{pk}": reason}


def test_the_order_shows_how_far_it_is(market: Market) -> None:
    order = market.order(shipped=100)
    response = market.as_("receiver").get(path(order))
    assert [step["state"] for step in response.context["steps"]] == [
        "done",
        "done",
        "current",
        "upcoming",
        "upcoming",
    ]
    assert [event["title"] for event in response.context["history"]][-1] == "下单"
    page = response.content.decode()
    assert "EMS1" in page
    assert "圩埔村委会" in page


@pytest.mark.parametrize(
    ("shipped", "role", "moves"),
    [
        (0, "requester", {"cancel"}),
        (0, "receiver", set()),
        (0, "finance", {"pay"}),
        (100, "requester", {"cancel"}),
        (100, "receiver", {"receive"}),
        (100, "approver", set()),
        (300, "requester", set()),
    ],
)
def test_buttons_are_there_where_permission_and_state_allow(
    market: Market, shipped: int, role: str, moves: set[str]
) -> None:
    order = market.order(shipped=shipped)
    assert market.as_(role).get(path(order)).context["moves"] == moves


def test_everything_is_accepted_by_one_button(market: Market) -> None:
    order = market.order(shipped=300)
    response = market.as_("receiver").post(path(order, "accept"), {"all": "1"})
    assert response.url == path(order)
    assert counts(order) == (0, 300, 300, 0, 0)


def test_less_is_accepted_with_a_reason(market: Market) -> None:
    order = market.order(shipped=300)
    market.as_("receiver").post(path(order, "accept"), judged(order, "２９０", "10", "压坏"))
    assert counts(order) == (0, 300, 290, 10, 0)
    assert ReceiptLine.objects.get().reason == "压坏"
    history = market.as_("requester").get(path(order)).context["history"]
    assert history[0]["text"] == "验收：埔田竹笋 290\u00a0斤 · 拒收：埔田竹笋 10\u00a0斤（压坏）"


def test_what_is_not_judged_stays_on_its_way(market: Market) -> None:
    order = market.order(shipped=300)
    market.as_("receiver").post(path(order, "accept"), judged(order, "200"))
    assert counts(order) == (0, 300, 200, 0, 0)
    assert Order.objects.get().status == "part_accepted"


@pytest.mark.parametrize(
    ("accepted", "rejected", "reason", "wrong", "message"),
    [
        ("301", "", "", "accepted", "埔田竹笋：填 301 不行，最多 300。"),
        ("9" * 31, "", "", "accepted", None),
        ("-1", "", "", "accepted", "请填整数，至少为 0。"),
        ("1.5", "", "", "accepted", "请填整数，至少为 0。"),
        ("x", "", "", "accepted", "请填整数，至少为 0。"),
        ("290", "10", "", "reason", "请写明原因，供应商会看到。"),
        ("0", "0", "", None, "请至少填写一种产品的数量。"),
    ],
)
def test_a_wrong_judgement_is_named_and_nothing_is_accepted(
    market: Market, accepted: str, rejected: str, reason: str, wrong: str | None, message: str | None
) -> None:
    order = market.order(shipped=300)
    response = market.as_("receiver").post(path(order, "accept"), judged(order, accepted, rejected, reason))
    field = f"{wrong}_{line_of(order).pk}" if wrong else "__all__"
    assert set(errors(response)) == {field}
    if message:
        assert errors(response)[field] == [message]
    assert counts(order) == (0, 300, 0, 0, 0)
    assert not Receipt.objects.exists()


def test_accepting_twice_says_what_the_state_is(market: Market) -> None:
    order = market.order(shipped=300)
    browser = market.as_("receiver")
    data = judged(order, "300")
    browser.post(path(order, "accept"), data)
    response = browser.post(path(order, "accept"), data)
    assert response.url == path(order)
    assert "已验收" in said(response)[-1]
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    ("move", "role", "typed", "moved"),
    [
        ("accept", "receiver", {"accepted": "50", "rejected": "10", "reason": "压坏"}, (0, 200, 150, 10, 0)),
        ("cancel", "requester", {"quantity": "30"}, (30, 200, 100, 0, 0)),
        ("return", "receiver", {"quantity": "20"}, (0, 200, 100, 0, 20)),
    ],
)
def test_a_part_that_is_sent_twice_moves_once_and_the_second_says_so(
    market: Market, move: str, role: str, typed: dict[str, str], moved: tuple[int, ...]
) -> None:
    order = market.order(shipped=100)
    market.as_("receiver").post(path(order, "accept"), {"all": "1"})
    market.ship(order, {line_of(order).pk: 100})
    browser, pk = market.as_(role), line_of(order).pk
    seen = browser.get(path(order, move)).context["form"]["seen"].value()
    data = {f"{name}_{pk}": value for name, value in typed.items()} | {"seen": seen, "reason": "停课"}
    browser.post(path(order, move), data)
    response = browser.post(path(order, move), data)
    assert response.url == path(order)
    assert said(response)[-1] == "您打开表单之后，这张订单有了变化。请看看它现在的情况。"
    assert counts(order) == moved


def test_nothing_on_its_way_is_said(market: Market) -> None:
    order = market.order()
    response = market.as_("receiver").get(path(order, "accept"))
    assert response.url == path(order)
    assert said(response) == ["这张订单没有在途的货物。"]


def test_what_is_not_shipped_is_cancelled_with_a_reason(market: Market) -> None:
    order = market.order(shipped=100)
    pk = line_of(order).pk
    browser = market.as_("requester")
    missing = browser.post(path(order, "cancel"), {f"quantity_{pk}": "50", "reason": ""})
    assert set(errors(missing)) == {"reason"}
    above = browser.post(path(order, "cancel"), {f"quantity_{pk}": "201", "reason": "停课"})
    assert errors(above) == {f"quantity_{pk}": ["埔田竹笋：填 201 不行，最多 200。"]}
    assert counts(order) == (0, 100, 0, 0, 0)
    browser.post(path(order, "cancel"), {f"quantity_{pk}": "200", "reason": "停课"})
    assert counts(order) == (200, 100, 0, 0, 0)
    assert Cancellation.objects.get().kind == "buyer"


def test_accepted_goods_go_back_with_a_reason(market: Market) -> None:
    order = market.accepted()
    pk = line_of(order).pk
    browser = market.as_("receiver")
    none = browser.post(path(order, "return"), {f"quantity_{pk}": "", "reason": "霉变"})
    assert errors(none) == {"__all__": ["请至少填写一种产品的数量。"]}
    browser.post(path(order, "return"), {f"quantity_{pk}": "20", "reason": "霉变"})
    assert counts(order) == (0, 300, 300, 0, 20)
    assert Return.objects.get().reason == "霉变"


@pytest.mark.parametrize(
    ("move", "role"),
    [
        ("accept", "requester"),
        ("accept", "approver"),
        ("accept", "finance"),
        ("return", "requester"),
        ("return", "finance"),
        ("cancel", "approver"),
        ("cancel", "receiver"),
        ("cancel", "finance"),
    ],
)
def test_who_may_not_changes_nothing(market: Market, move: str, role: str) -> None:
    order = market.order(shipped=100)
    pk = line_of(order).pk
    before = counts(order)
    data = {**judged(order, "100"), f"quantity_{pk}": "10", "reason": "停课"}
    browser = market.as_(role)
    assert browser.get(path(order, move)).status_code == 403
    assert browser.post(path(order, move), data).status_code == 403
    assert counts(order) == before


def test_another_institutions_order_is_not_found(market: Market, stranger: trade.Unit) -> None:
    order = market.order(shipped=100)
    pk = line_of(order).pk
    data = {**judged(order, "100"), f"quantity_{pk}": "10", "reason": "停课"}
    for person in (stranger.requester, stranger.receiver):
        browser = browser_of(person)
        assert browser.get(path(order)).status_code == 404
        for move in MOVES:
            assert browser.get(path(order, move)).status_code == 404
            assert browser.post(path(order, move), data).status_code == 404
        for view in ("", "?todo=accept", "?todo=pay"):
            assert list(browser.get(f"/buyer/orders/{view}").context["page"]) == []
    assert counts(order) == (0, 100, 0, 0, 0)


def test_lists_narrow_to_what_waits_for_the_person(market: Market) -> None:
    arrived, on_its_way = market.accepted(10), market.order(20, shipped=20, key="k2")
    receiver, finance = market.as_("receiver"), market.as_("finance")
    to_accept = receiver.get("/buyer/orders/?todo=accept").context["page"]
    assert [order.pk for order in to_accept] == [on_its_way.pk]
    assert [order.pk for order in finance.get("/buyer/orders/?todo=pay").context["page"]] == [arrived.pk]
    assert list(receiver.get("/buyer/orders/?todo=pay").context["page"]) == []
    assert len(receiver.get("/buyer/orders/?todo=nonsense").context["page"]) == 2
