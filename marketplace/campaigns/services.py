"""Campaigns, written: made, changed and archived by editors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.campaigns import permissions
from marketplace.campaigns.models import Campaign
from marketplace.core import locks
from marketplace.core.audit import services as audit
from marketplace.core.periods import Window, shanghai_day
from marketplace.core.permissions import require
from marketplace.core.templatetags.formats import cn_date
from supplier_villages.regions.codes import prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from catalog.catalogue.models import Category, Product
    from marketplace.accounts.models import User
    from marketplace.campaigns.querysets import CampaignQuerySet
    from supplier_villages.regions.models import Region

COUNTY_DIGITS = 6
NAMED_AT_MOST = 3


class InvalidCampaign(ValueError):
    """A campaign cannot be so; `problems` maps a field of the plan to what is wrong and what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class ArchivedCampaign(ValueError):
    """The campaign is archived: nothing of it changes any more."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(
            _("“%(campaign)s” is archived and does not change any more. Make a new campaign.")
            % {"campaign": campaign.name}
        )


class CampaignNotOver(ValueError):
    """Only a campaign that is over can be archived."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__(
            _("“%(campaign)s” lasts until %(day)s. Archive it after that day, or change its last day.")
            % {"campaign": campaign.name, "day": cn_date(campaign.window.last_day)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which goods of the counties taking part belong to a campaign by themselves: all, or fewer."""

    category: Category | None = None
    is_unsold_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an editor says of a campaign; its days are half-open, each organiser is a line of its own."""

    name: str
    start_date: date
    end_date: date
    organisers: Sequence[str]
    counties: Sequence[Region]
    goal_fen: int | None = None
    products: Sequence[Product] = ()
    rule: Rule | None = None


@transaction.atomic
def make_campaign(*, plan: Plan, actor: User) -> Campaign:
    """The new campaign.

    Raises:
        PermissionDenied: the actor is no editor.
        InvalidCampaign: field → what is wrong; among it another campaign of this name that shares a day.
    """
    require(allowed=permissions.can_edit(actor))
    _lock()
    _require(plan, others=Campaign.objects.all())
    campaign = Campaign.objects.create(**_columns(plan))
    _set_relations(campaign, plan)
    audit.record(action="campaigns.made", target=campaign, after=_summary(campaign))
    return campaign


@transaction.atomic
def change_campaign(*, campaign_id: int, plan: Plan, actor: User) -> Campaign:
    """The campaign as planned now; lines that carry it keep it, whatever becomes of its days and goods.

    Raises:
        PermissionDenied: the actor is no editor.
        ArchivedCampaign: it is archived.
        InvalidCampaign: as make_campaign.
    """
    require(allowed=permissions.can_edit(actor))
    _lock()
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.archived_at:
        raise ArchivedCampaign(campaign)
    _require(plan, others=Campaign.objects.exclude(pk=campaign_id))
    before = _summary(campaign)
    for name, value in _columns(plan).items():
        setattr(campaign, name, value)
    campaign.save()
    _set_relations(campaign, plan)
    if before != (after := _summary(campaign)):
        audit.record(action="campaigns.changed", target=campaign, before=before, after=after)
    return campaign


@transaction.atomic
def archive_campaign(*, campaign_id: int, actor: User, now: datetime) -> Campaign:
    """The campaign, closed for good; its figures go on following the journal. Twice equals once.

    Raises:
        PermissionDenied: the actor is no editor.
        CampaignNotOver: its last day has not passed.
    """
    require(allowed=permissions.can_edit(actor))
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if shanghai_day(now) < campaign.end_date:
        raise CampaignNotOver(campaign)
    if campaign.archived_at is None:
        campaign.archived_at = now
        campaign.save(update_fields=["archived_at"])
        audit.record(action="campaigns.archived", target=campaign, after={"archived_at": now})
    return campaign


def _lock() -> None:
    """Makers take turns: else two of one name would meet at the database's constraint, which names nobody."""
    locks.advisory_lock("campaigns", "registry")


def _require(plan: Plan, *, others: CampaignQuerySet) -> None:
    problems = {
        "name": _name_problem(plan, others),
        "end_date": _days_problem(plan),
        "organisers": "" if _lines(plan.organisers) else _("Name at least one organiser."),
        "counties": _counties_problem(plan),
        "goal_fen": _("The goal is more than 0; leave it empty if there is none.")
        if plan.goal_fen is not None and plan.goal_fen <= 0
        else "",
        "products": _products_problem(plan),
    }
    found = {field: problem for field, problem in problems.items() if problem}
    if found:
        raise InvalidCampaign(found)


def _name_problem(plan: Plan, others: CampaignQuerySet) -> str:
    name = _one_line(plan.name)
    if not name:
        return _("Give the campaign a name.")
    if plan.start_date >= plan.end_date:
        return ""
    days = Window(plan.start_date, plan.end_date)
    other = others.filter(name=name).sharing_days(days).order_by("start_date", "pk").first()
    if other is None:
        return ""
    return _("“%(campaign)s” runs from %(first)s to %(last)s already. Choose other days or another name.") % {
        "campaign": other.name,
        "first": cn_date(other.start_date),
        "last": cn_date(other.window.last_day),
    }


def _days_problem(plan: Plan) -> str:
    if plan.start_date < plan.end_date:
        return ""
    return _("The campaign ends before it begins on %(day)s. Correct one of the two days.") % {
        "day": cn_date(plan.start_date)
    }


def _counties_problem(plan: Plan) -> str:
    if not plan.counties:
        return _("Choose at least one county that takes part.")
    if all(
        len(region.code) == COUNTY_DIGITS and not region.code.endswith("0000") for region in plan.counties
    ):
        return ""
    return _("Choose counties or cities; not provinces, towns or villages.")


def _products_problem(plan: Plan) -> str:
    """Goods from a county that does not take part would stand in its league as strangers."""
    inside = tuple(prefix_of(region.code) for region in plan.counties)
    strangers = [each for each in plan.products if not (each.origin_village_id or "").startswith(inside)]
    if not strangers or not inside:
        return ""
    return _("Not from a county taking part: %(products)s. Add the county, or take the product out.") % {
        "products": _(", ").join(_named(strangers))
    }


def _named(products: Sequence[Product]) -> Iterator[str]:
    for product in products[:NAMED_AT_MOST]:
        yield product.title
    if len(products) > NAMED_AT_MOST:
        yield _("and %(number)d more") % {"number": len(products) - NAMED_AT_MOST}


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "name": _one_line(plan.name),
        "start_date": plan.start_date,
        "end_date": plan.end_date,
        "organisers": "\n".join(_lines(plan.organisers)),
        "goal_fen": plan.goal_fen,
        "takes_goods_by_rule": plan.rule is not None,
        "rule_category": plan.rule.category if plan.rule else None,
        "rule_takes_unsold_only": plan.rule.is_unsold_only if plan.rule else False,
    }


def _set_relations(campaign: Campaign, plan: Plan) -> None:
    campaign.counties.set(plan.counties)
    campaign.products.set(plan.products)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(texts: Sequence[str]) -> list[str]:
    return [line for line in map(_one_line, texts) if line]


def _summary(campaign: Campaign) -> dict[str, object]:
    category = campaign.rule_category
    return {
        "name": campaign.name,
        "start_date": campaign.start_date,
        "end_date": campaign.end_date,
        "organisers": campaign.organisers,
        "goal_fen": campaign.goal_fen,
        "counties": list(campaign.counties.order_by("code").values_list("name", flat=True)),
        "products": list(campaign.products.order_by("pk").values_list("title", flat=True)),
        "takes_goods_by_rule": campaign.takes_goods_by_rule,
        "rule_category": category.name if category else None,
        "rule_takes_unsold_only": campaign.rule_takes_unsold_only,
    }
