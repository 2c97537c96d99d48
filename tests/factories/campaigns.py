"""Campaigns, as editors make them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Permission

from marketplace.accounts.models import User
from marketplace.campaigns import services
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.services import Plan, Rule
from supplier_villages.regions.models import Region
from tests.factories import users

COUNTY = "445203"
ALL_GOODS = Rule()
__all__ = ["ALL_GOODS", "COUNTY", "Rule", "editor", "made", "plan"]


def editor(username: str = "editor") -> User:
    """One who may change campaigns and nothing else; made at the first call."""
    found = User.objects.filter(username=username).first() or users.make_user(username, name="编辑员")
    found.user_permissions.add(
        Permission.objects.get(content_type__app_label="campaigns", codename="change_campaign")
    )
    return found


def plan(start: date, **changes: Any) -> Plan:
    """A month's campaign of 揭东 with all that is on sale there."""
    values: dict[str, Any] = {
        "name": "消费扶贫月",
        "start_date": start,
        "end_date": start + timedelta(days=30),
        "organisers": ["省农业农村厅", "省供销社"],
        "counties": list(Region.objects.filter(code=COUNTY)),
        "rule": ALL_GOODS,
    }
    return Plan(**values | changes)


def made(start: date, **changes: Any) -> Campaign:
    """The saved campaign of that plan."""
    return services.make_campaign(plan=plan(start, **changes), actor=editor())
