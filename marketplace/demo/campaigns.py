"""The demo's campaigns: the month of the circular, running now, and one that is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.accounts.models import User
from marketplace.campaigns import services
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.services import Plan, Rule
from marketplace.core.periods import shanghai_day
from marketplace.demo import rows
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import PairedAssistance, Region

GUANGDONG = "44"
# Those whom the circular (粤农扶组〔2020〕5号) names for action 四, 扶贫产品促销行动.
ORGANISERS = (
    "省农业农村厅", "省委网信办", "省教育厅", "省商务厅", "省国资委", "省工商联", "省供销社", "省财政厅",
)  # fmt: skip
TAKING_PART_EVERY = 3


@dataclass(frozen=True)
class Story:
    """A campaign relative to the day of the demo."""

    name: str
    days_ago: int
    days: int
    goal_fen: int


RUNNING = Story(name="广东消费扶贫月网上行", days_ago=21, days=31, goal_fen=15_000_000)
PAST = Story(name="广东扶贫济困日·以购代捐", days_ago=170, days=31, goal_fen=5_000_000)


def taking_part(*, is_everywhere: bool) -> list[Region]:
    """The counties that Guangdong helps, and with them those of Guangdong whose goods the demo has."""
    helped = set(
        PairedAssistance.objects.filter(helped__level=Level.COUNTY).values_list("helped_id", flat=True)
    )
    own = {row.county_code for row in rows.specialties() if row.county_code.startswith(GUANGDONG)}
    wanted = helped | own if is_everywhere else helped
    return list(Region.objects.filter(pk__in=wanted, level=Level.COUNTY).top_down())


def made(editor: User, now: datetime) -> list[Campaign]:
    """Both campaigns, the one that is over archived; what is there already stays as it is."""
    today = shanghai_day(now)
    running = campaign(RUNNING, today, editor, taking_part(is_everywhere=True))
    past = campaign(PAST, today, editor, taking_part(is_everywhere=False))
    services.archive_campaign(campaign_id=past.pk, actor=editor, now=now)
    return [running, past]


def campaign(story: Story, today: date, editor: User, counties: Sequence[Region]) -> Campaign:
    """The story's campaign with all that these counties have on sale."""
    known = Campaign.objects.filter(name=story.name).first()
    start = today - timedelta(days=story.days_ago)
    return known or services.make_campaign(
        plan=Plan(
            name=story.name,
            start_date=start,
            end_date=start + timedelta(days=story.days),
            organisers=ORGANISERS,
            counties=counties,
            goal_fen=story.goal_fen,
            rule=Rule(),
        ),
        actor=editor,
    )


def carried_by(campaigns: Iterable[Campaign], at: datetime, number: int) -> int | None:
    """The campaign from whose page this purchase was put together; every third came otherwise."""
    day = shanghai_day(at)
    running = (each.pk for each in campaigns if day in each.window)
    return next(running, None) if number % TAKING_PART_EVERY else None
