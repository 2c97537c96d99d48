"""The halls of six counties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cms.models import HallIndexPage, HallPage
from marketplace.demo.pages.desk import NOTE, paragraphs, picture, text

if TYPE_CHECKING:
    from marketplace.demo.pages.desk import Desk


@dataclass(frozen=True)
class Hall:
    """A county's hall as its editor would write it."""

    county: str
    name: str
    slug: str
    intro: str
    pictures: tuple[str, ...]
    ground: str
    lines: tuple[str, ...]


HALLS = (
    Hall(
        "445203", "揭东扶贫馆", "jiedong", "埔田竹笋、新亨菜脯、坪上炒茶：村里种得最好的东西，都拿到这里来卖。",
        ("greens", "cake", "tea"), "green",
        (
            "## 一县多味",
            "揭东的山在北，田在南。北边的村子出笋、出茶，南边的村子晒菜脯、做菊花糕。时令一到，货就多，收购的车却不一定来。",
            "在这里卖的每一件货，都写着哪个村的、还剩多少、卖到哪一天，由揭东区扶贫办逐件认定。",
            "## 怎么买最划算",
            "鲜笋按斤卖，量大有批量价；笋干、菜脯放得住，适合食堂备货。同一家合作社的货，运费只算一次。",
        ),
    ),
    Hall(
        "445222", "揭西扶贫馆", "jiexi", "客家山区的擂茶料、姜糖和橄榄；大溪的元宵柚，正月里还能发货。",
        ("olive", "pomelo", "candy"), "gold",
        (
            "## 山里的时令",
            "揭西的货跟着节气走：夏天看百香果，秋后看橄榄，过了年还有元宵柚。山路远，攒够一车再走，所以越早下单，货越新鲜。",
            "擂茶料、姜糖、娘酒这些加工品全年都有，办活动、发慰问品可以提前约数量。",
        ),
    ),
    Hall(
        "445224", "惠来扶贫馆", "huilai", "山上有荔枝和菠萝，海边有鲍鱼和鱿鱼：一个县，山货海货都齐。",
        ("pineapple", "squid", "shrimp"), "blue",
        (
            "## 靠山也靠海",
            "惠来的菠萝和荔枝集中上市，一熟就是一片，卖不动就烂在地里；海边的鲍鱼、对虾要赶早冷链发走。",
            "水产按斤计，活鲜只发有冷链到达的地方。拿不准，先打合作社的电话问一声。",
        ),
    ),
    Hall(
        "445281", "普宁扶贫馆", "puning", "青梅、蕉柑、油柑和豆酱：普宁的酸、甜、咸、香。",
        ("orange", "olive", "sauce"), "gold",
        (
            "## 果子和酱",
            "普宁的果子个头不大，味道足：青梅做酒，蕉柑当水果，油柑先涩后甜。豆酱、豆干是潮汕人家每天要用的。",
            "果子怕压，整箱发货；酱油瓶装，易碎，合作社会加一层纸箱。",
        ),
    ),
    Hall(
        "520526", "威宁扶贫馆", "weining", "高原上的洋芋、荞酥和火腿：天气凉，长得慢，味道厚。",
        ("potato", "cake", "ham"), "red",
        (
            "## 两千米高的地",
            "威宁在乌蒙山里，地势高、日照长，洋芋和白萝卜个大汁足。到广东路远，走整车比零担便宜，建议几个单位拼一车。",
            "荞酥、火腿放得住，一次买够一个季度也不怕坏。",
        ),
    ),
    Hall(
        "451228", "都安扶贫馆", "duan", "石山里的旱藕粉丝、山葡萄酒和瑶山牛肉。",
        ("noodles", "wine", "meat"), "green",
        (
            "## 石头缝里种出来的",
            "都安石多土少，旱藕种在石头缝里，磨成粉，拉成丝，久煮不烂。牛羊散养在山上，宰杀后速冻发货。",
            "冻品走冷链，收货时先看温度再签字。",
        ),
    ),
)  # fmt: skip


def publish(desk: Desk) -> None:
    """The list of halls and every hall."""
    index = desk.publish(
        desk.home,
        HallIndexPage(
            title="扶贫馆",
            slug="halls",
            intro="一个县一个馆：看看这个县的村子在卖什么。您在馆里买的每一斤，都记在这个县的账上。",
            show_in_menus=True,
        ),
    )
    for hall in HALLS:
        desk.publish(
            index,
            HallPage(
                title=hall.name,
                slug=hall.slug,
                county_id=hall.county,
                intro=hall.intro,
                search_description=hall.intro,
                picture=picture(f"{hall.name}的特产", hall.pictures, hall.ground),
                body=[text(paragraphs(*hall.lines), NOTE)],
            ),
        )
