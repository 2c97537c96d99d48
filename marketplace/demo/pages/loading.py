"""All pages of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.core.periods import shanghai_day
from marketplace.demo.pages import campaigns, front, guides, halls, news, policies, stories
from marketplace.demo.pages.desk import Desk

if TYPE_CHECKING:
    from datetime import datetime

    from marketplace.accounts.models import User
    from marketplace.demo.goods import OnSale


def publish(users: dict[str, User], goods: list[OnSale], now: datetime) -> None:
    """Halls, stories, news, documents, help, campaigns, and what the front page shows below the market; each once."""
    desk = Desk(users["demo-editor"], users["demo-reviewer"], goods)
    campaigns.publish(desk)
    halls.publish(desk)
    stories.publish(desk)
    news.publish(desk, shanghai_day(now))
    policies.publish(desk)
    guides.publish(desk)
    front.publish(desk)
