"""The demo's campaigns on pages: the list, the one that runs, and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cms.models import CampaignIndexPage, CampaignPage
from marketplace.campaigns.models import Campaign
from marketplace.demo.campaigns import PAST, RUNNING
from marketplace.demo.pages.desk import NOTE, paragraphs, picture, steps, text
from marketplace.demo.pages.film import how_to_take_part

if TYPE_CHECKING:
    from marketplace.demo.pages.desk import Desk


def publish(desk: Desk) -> None:
    """The list of campaigns and a page for each."""
    index = desk.publish(
        desk.home,
        CampaignIndexPage(
            title="消费扶贫活动",
            slug="campaigns",
            intro="正在进行的、即将开始的和已经结束的活动，成交额按验收实时更新。",
            show_in_menus=True,
        ),
    )
    for page in (past(), running()):
        desk.publish(index, page)


def running() -> CampaignPage:
    """The month of the circular (粤农扶组〔2020〕5号, action 四)."""
    return CampaignPage(
        title=RUNNING.name,
        slug="fupinyue",
        campaign=Campaign.objects.get(name=RUNNING.name),
        intro="对口帮扶县和粤东粤西粤北的扶贫农产品，一个月集中上网。",
        picture=picture("广东消费扶贫月网上行", ("orange", "rice", "tea"), "green"),
        body=[
            text(
                paragraphs(
                    "按照粤农扶组〔2020〕5号“扶贫产品促销行动”的部署，及时发布扶贫农产品供求信息，做实产销对接，解决扶贫产品滞销卖难问题。",
                    "党政军机关、企事业单位、高校等机构带头优先购买；也欢迎爱心企业、爱心人士以购代捐。",
                ),
                NOTE,
            ),
            how_to_take_part("怎么参加消费扶贫月", "十二秒看懂，没有声音；文字步骤见下方。"),
            steps(
                "怎么参加",
                ("在本页选产品", "从本页放入购物车的产品，提交采购申请后计入本次活动。"),
                ("提交采购申请", "单位由审批人审批；个人注册后直接付款。活动期内提交的才计入。"),
                ("验收", "验收多少，活动成交额和产地县的销售额就增加多少。"),
            ),
        ],
    )


def past() -> CampaignPage:
    """One that is over, with its final figures."""
    return CampaignPage(
        title=PAST.name,
        slug="yigoudaijuan",
        campaign=Campaign.objects.get(name=PAST.name),
        intro="发挥“广东扶贫济困日”活动品牌优势，广泛发动爱心企业、爱心人士以购代捐。",
        picture=picture("广东扶贫济困日", ("basket", "honey", "ham"), "gold"),
        body=[
            text(
                paragraphs(
                    "活动期间提交的采购，产品验收后全部计入产地县。感谢每一家采购单位和每一位爱心人士。"
                ),
                NOTE,
            )
        ],
    )
