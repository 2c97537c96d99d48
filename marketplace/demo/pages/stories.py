"""Stories of six villages, each about a product that the village sells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.partner.shelf import place_of
from cms.models import StoryIndexPage, StoryPage
from marketplace.demo.pages.desk import NOTE, paragraphs, picture, steps, text
from supplier_villages.regions.models import Region

if TYPE_CHECKING:
    from marketplace.demo.pages.desk import Desk


@dataclass(frozen=True)
class Story:
    """A story; {village} and {county} stand for the names of where the product comes from."""

    county: str
    word: str
    slug: str
    title: str
    intro: str
    pictures: tuple[str, ...]
    ground: str
    lines: tuple[str, ...]
    quote: str
    tips: tuple[tuple[str, str], ...]


STORIES = (
    Story(
        "445203", "竹笋", "bamboo-shoots", "{village}：笋出土，就得往外走",
        "麻竹笋过了夜就老。村里把各家的笋合在一起，当天过秤，当天装车。",
        ("greens", "basket"), "green",
        (
            "## 天不亮就上山",
            "挖笋要赶在太阳出来以前：笋尖一见光就发青，吃起来发苦。早上挖，中午剥，下午就要装车，没有一样等得。",
            "以前是收购的车来了才挖。车不来，笋只能切片晒干，价钱少一大半。现在先在网上挂出来，单位下了单再挖，挖多少、卖多少，心里有数。",
            "## 合作社做三件事",
            "收：各家送来，当面过秤。分：老的、断的挑出来做笋干。发：装筐、写合格证、叫车。",
        ),
        "笋不等人。订单早一天来，山上就少烂一片。",
        (("收到先散热", "打开箱子摊开，不要捂着。"), ("当天吃不完", "连壳放冷藏，两天内吃完。"), ("焯水去涩", "冷水下锅，水开再煮十分钟。")),
    ),
    Story(
        "445222", "橄榄", "olives", "{village}：一棵橄榄树，三代人摘",
        "橄榄长得慢，十来年才挂果；可是一挂就是几十年。",
        ("olive", "tea"), "gold",
        (
            "## 先涩后甜",
            "橄榄入口涩，嚼一会儿才回甘。{village}的老人说，日子也是这样。树是爷爷种的，果是孙子摘的，卖的钱给下一辈上学。",
            "摘橄榄要搭梯子，一天摘不了几筐。量不大，所以怕压价，也怕没人收。",
            "## 怎么卖出去",
            "合作社按大小分成两级，鲜果按斤卖，次果腌成咸橄榄。鲜果放得住半个月，路上不急。",
        ),
        "橄榄不怕路远，就怕没人问。",
        (("鲜果", "阴凉处放，或者冷藏，能放半个月。"), ("泡茶", "拍破，加几颗进工夫茶里。")),
    ),
    Story(
        "445224", "菠萝", "pineapples", "{village}：一山菠萝一起熟",
        "菠萝集中上市，十天里要卖掉一整片山。",
        ("pineapple", "basket"), "gold",
        (
            "## 十天的事",
            "菠萝一熟就是一片山。头三天价钱好，后面一天比一天低，到最后连工钱都不够，就烂在地里。",
            "{village}今年把采收排成四批，先把熟的挂到网上。食堂、工会按批下单，货不用堆在路边等。",
        ),
        "分批摘、分批卖，菠萝就不是一堆货，是一颗一颗的水果。",
        (("看颜色", "底部转黄两三成就可以切。"), ("盐水泡", "切好泡五分钟，不涩口。")),
    ),
    Story(
        "445281", "青梅", "green-plums", "{village}：青梅只有二十天",
        "清明前后摘青梅，做酒、做梅汁、做糖水，都要赶在它变黄以前。",
        ("pear", "wine"), "green",
        (
            "## 二十天里摘完",
            "青梅太青不香，太黄不脆，从能摘到落地只有二十天左右。{village}家家有梅树，到了时候全村上山。",
            "鲜梅按斤卖给做酒做饮料的厂，剩下的村里自己腌。厂里不来，就要找别的买家。",
        ),
        "梅子黄了就落，不会等你找到买家。",
        (("泡酒", "洗净晾干，一斤梅子一斤酒，半年能喝。"), ("腌梅", "一斤梅子三两盐。")),
    ),
    Story(
        "520526", "洋芋", "potatoes", "{village}：高原洋芋下山来",
        "海拔两千多米，昼夜温差大，洋芋长得慢，也长得面。",
        ("potato", "grain"), "red",
        (
            "## 路比地难",
            "{village}的地好种，路不好走。洋芋挖出来堆在窖里，等一辆车要等半个月。",
            "走整车，一斤的运费只有零担的一半。所以合作社把几家单位的订单合成一车，一起发到广东。",
        ),
        "洋芋不值钱，值钱的是有人来拉。",
        (("收货先摊开", "打开袋子透气，不要晒太阳。"), ("发芽的不要吃", "芽眼发青的要挖掉，整个发青的别吃。")),
    ),
    Story(
        "451228", "粉丝", "canna-noodles", "{village}：石头缝里的旱藕",
        "石山里土少，旱藕种在石头缝里，磨粉、拉丝，一年做一季。",
        ("noodles", "grain"), "blue",
        (
            "## 一季的活",
            "入冬挖藕，磨粉，沉淀，晒干，再拉成丝。{village}的晒场在屋顶上，一晒就是半个月，看天吃饭。",
            "粉丝放得住，一年四季都能发货，最适合食堂备着。",
        ),
        "石头缝里能长出吃的，就没有走不通的路。",
        (("泡软再煮", "温水泡二十分钟，下锅三五分钟。"), ("久煮不烂", "火锅、炖汤都行。")),
    ),
)  # fmt: skip


def publish(desk: Desk) -> None:
    """The list of stories and every story, in the village of its product."""
    index = desk.publish(
        desk.home,
        StoryIndexPage(
            title="村庄故事",
            slug="stories",
            intro="一村一品，说的是货，也是人。每个故事后面，就是这个村正在卖的东西。",
            show_in_menus=True,
        ),
    )
    for story in STORIES:
        desk.publish(index, page_of(desk, story))


def page_of(desk: Desk, story: Story) -> StoryPage:
    """The story's page, told of the village that sells the product."""
    village = Region.objects.select_related("parent__parent__parent__parent").get(
        pk=desk.product(story.county, story.word).origin_village_id
    )
    place = place_of(village)

    def named(line: str) -> str:
        return line.format(village=place.village, county=place.county)

    return StoryPage(
        title=named(story.title),
        slug=story.slug,
        village=village,
        intro=story.intro,
        search_description=f"{place.county}{place.village}：{story.intro}",
        picture=picture(f"{place.county}{place.village}的{story.word}", story.pictures, story.ground),
        body=[
            text(paragraphs(*(named(line) for line in story.lines))),
            ("quote", {"text": story.quote, "source": f"{place.village}合作社"}),
            steps("买回去怎么办", *story.tips),
            text(NOTE),
        ],
    )
