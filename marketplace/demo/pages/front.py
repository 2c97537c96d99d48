"""What the demo's editor adds to the front page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.demo.pages.desk import paragraphs, picture, text

if TYPE_CHECKING:
    from marketplace.demo.pages.desk import Desk

# County and a word of the product's name.
CHOSEN = (
    ("445203", "笋干"), ("445222", "姜糖"), ("445224", "绿豆饼"), ("445281", "豆酱"),
    ("520526", "荞酥"), ("451228", "粉丝"), ("530627", "方竹笋"), ("520527", "核桃"),
)  # fmt: skip


def publish(desk: Desk) -> None:
    """Goods that keep, chosen by hand, and why one buys here; nothing where there is a body already."""
    home = desk.home
    if home.body:
        return
    home.body = [
        (
            "products",
            {
                "title": "编辑推荐：放得住、走得远的好货",
                "products": [desk.product(county, word) for county, word in CHOSEN],
            },
        ),
        (
            "picture_text",
            {
                "picture": picture("从村里到食堂", ("basket", "rice", "greens"), "green"),
                "side": "left",
                "caption": "示意图",
                "text": text(
                    paragraphs(
                        "## 以购代捐，买的是实在",
                        "每件货写着哪个村的、还剩多少、卖到哪一天；由产地所在县的扶贫办认定，价格和同类产品比过。",
                        "您验收多少，就付多少；产地县的销售额当天就记上，一分不差。",
                    )
                )[1],
            },
        ),
    ]
    desk.renew(home)
