"""The audit trail speaks to people: every action, field and value that the code records has its words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.services import record
from marketplace.portals.operator.audit_rows import rows_of
from marketplace.portals.operator.audit_words import ACTIONS, FIELDS, KINDS
from tests.factories.users import make_staff, make_user
from tests.portals.operator import recorded
from tests.portals.supplier.deal import Deal

ClientOf = Callable[[User], Client]


def test_every_recorded_action_has_words() -> None:
    found = recorded.actions()
    assert {"accounts.logged_in", "procurement.request_expired", "unsold_offers.price_changed"} <= found
    assert found - set(ACTIONS) == set()


def test_every_recorded_field_has_words() -> None:
    found = recorded.fields()
    assert {"tiers", "status", "shipped", "amount_fen", "members"} <= found
    assert found - set(FIELDS) == set()


def test_every_kind_is_a_model() -> None:
    assert [apps.get_model(kind)._meta.label_lower for kind in KINDS] == list(KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        (
            "order.order",
            {"status": "confirmed"},
            {"status": "shipped"},
            [("状态", "已接单，待发货", "已发货")],
        ),
        ("order.order", {}, {"kind": "refused"}, [("类别", "", "供应商拒单")]),
        (
            "procurement.purchaserequest",
            {"status": "pending", "total_fen": 1},
            {"status": "expired", "total_fen": 123_450},
            [("状态", "待审批", "已到期"), ("合计", "¥0.01", "¥1,234.50")],
        ),
        (
            "unsold_offers.unsoldoffer",
            {"sell_by": None},
            {"sell_by": "2026-12-09"},
            [("最后销售日", "", "2026年12月9日")],
        ),
        (
            "partner.stockrecord",
            {"price": "4.50", "tiers": []},
            {"price": "4.50", "tiers": [[200, "4.00"], [1000, "3.80"]]},
            [("批量价", "", "200起 ¥4.00、1,000起 ¥3.80")],
        ),
        ("recognition.recognition", {}, {"directory": "local"}, [("目录", "", "地方目录")]),
        ("institutions.institution", {"roles": ["approver"]}, {"roles": []}, [("角色", "审批人", "")]),
        ("order.order", {}, {"short": {}, "cancelled": {"0": 3}}, [("已取消", "", "0 3")]),
        ("unsold_offers.unsoldoffer", {"reason": ""}, {"reason": ""}, []),
        ("x.y", {}, {"unheard_of": {"deep": ["a", None, True]}}, [("unheard_of", "", "deep a、、是")]),
    ],
)
def test_values_read_as_people_say_them(
    kind: str, before: dict[str, Any], after: dict[str, Any], words: list[tuple[str, str, str]]
) -> None:
    entry = AuditEntry(action="x", object_type=kind, object_id="1", before=before, after=after)
    with override("zh-hans"):
        (row,) = rows_of([entry])
    assert [(change.field, change.before, change.after) for change in row.changes] == words


@pytest.mark.django_db
def test_goods_and_people_are_named_at_the_cost_of_one_query_each(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deal = Deal()
    deal.confirm()
    deal.ship()
    cadre = make_user("cadre", name="陈静")
    client = client_of(make_staff("reader"))
    for _round in range(2):
        record(
            action="partner.member_added",
            target=deal.farm.supplier,
            after={"user": cadre.pk, "role": "cadre"},
        )
        with django_assert_num_queries(7):  # session, user, set aside, count, page, users, lines
            page = client.get("/operator/audit/")
    changes = [{change.field: change.after for change in row.changes} for row in page.context["rows"]]
    assert changes[0] == {"用户": "陈静", "角色": "驻村干部"}
    assert {"已确认": f"{deal.line.title} 300", "状态": "已接单，待发货"} in changes
