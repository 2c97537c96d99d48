"""News of the demo; dates count back from today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cms.models import NewsIndexPage, NewsPage
from marketplace.demo.pages.desk import NOTE, paragraphs, picture, rule, steps, text
from supplier_villages.regions.models import Region

if TYPE_CHECKING:
    from datetime import date

    from marketplace.demo.pages.desk import Desk

TIMETABLE = {
    "title": "网上行日程（示例）",
    "rows": [
        {"time": "第一周 周一", "what": "启动：各县扶贫馆同时开馆", "place": "首页"},
        {"time": "第一周 周三", "what": "采购商网络会客室：食堂采购专场", "place": "单位采购员"},
        {"time": "第二周 周二", "what": "网红直播间：惠来山海货", "place": "惠来馆"},
        {"time": "第三周 周四", "what": "以购代捐：企业、工会集中下单", "place": "企业、工会"},
        {"time": "第四周 周五", "what": "公布各县销售额", "place": "新闻动态"},
    ],
}


def publish(desk: Desk, today: date) -> None:
    """The list of news and four pieces of news."""
    index = desk.publish(
        desk.home,
        NewsIndexPage(
            title="新闻动态",
            slug="news",
            intro="活动、通知和各县的消息。",
            show_in_menus=True,
        ),
    )
    for page in pages(today):
        desk.publish(index, page)


def pages(today: date) -> list[NewsPage]:
    """The news, the oldest first."""
    return [
        NewsPage(
            title="全部产品须经县扶贫办认定后销售",
            slug="recognition-first",
            day=today - timedelta(days=41),
            intro="谁来认定、多久答复、过期怎么办：一次说清。",
            body=[
                text(
                    paragraphs(
                        "即日起，本平台在售的每一件产品，都要由产地所在县的扶贫办认定；没有认定的，村里可以填，但不会出现在任何页面上。",
                        "## 时间",
                        "村里提交后，县里一般两天内答复。等满 48 小时没有答复的，系统会告知市扶贫办。",
                        "## 过期",
                        "认定有有效期，到期自动停售；涨价超过认定价的，要重新认定。",
                    ),
                    NOTE,
                ),
                steps(
                    "从村里到货架",
                    ("村里上架", "拍照、填数量、填价格，提交审核。"),
                    ("县里认定", "核对产地和价格，填认定编号、有效期。"),
                    ("开始销售", "当天就能在首页、扶贫馆里看到。"),
                ),
            ],
        ),
        NewsPage(
            title="单位采购对账单上线：审批、验收、付款在一张纸上",
            slug="statement",
            day=today - timedelta(days=23),
            intro="采购单页面可以打印对账单，财务不用再四处要单据。",
            body=[
                text(
                    paragraphs(
                        "对账单里有审批记录，各供应商的订购、验收、退货、应付、已付、未付，合计有大写金额，还有转账附言。",
                        "在“采购单”里打开一张单，点“打印对账单”。",
                    ),
                    NOTE,
                ),
            ],
        ),
        NewsPage(
            title="快到期的货，先帮一把",
            slug="spoiling-soon",
            day=today - timedelta(days=6),
            intro="鲜货等不得。这里列出一周内要卖掉的产品，卖掉一件，自动换上下一件。",
            picture=picture("快到期的鲜货", ("greens", "pineapple", "shrimp"), "red"),
            body=[
                text(
                    paragraphs(
                        "食堂一天的用量，往往就是一户人家一季的收成。下面的产品一周内要卖完，数量和天数写在图上，随时更新。"
                    )
                ),
                rule("一周内要卖掉的", within="7", number="8"),
                text(NOTE),
            ],
        ),
        NewsPage(
            title="广东消费扶贫月网上行：各县扶贫馆同时开馆",
            slug="online-month",
            day=today - timedelta(days=2),
            intro="产销对接、以购代捐、直播带货，一个月的日程在这里。",
            picture=picture("各县扶贫馆开馆", ("orange", "tea", "ham"), "gold"),
            body=[
                text(
                    paragraphs(
                        "为落实扶贫产品促销行动，做实产销对接，解决扶贫产品滞销卖难问题，各县扶贫馆同时开馆。单位、企业、个人都可以参加。",
                        "## 怎么参加",
                        "单位请先开通采购账号，由申请人选货、审批人审批；企业和工会可以按人头买慰问品；个人注册后直接购买。",
                    )
                ),
                ("timetable", TIMETABLE),
                rule("普宁馆在售", county=Region.objects.get(pk="445281")),
                text(NOTE),
            ],
        ),
    ]
