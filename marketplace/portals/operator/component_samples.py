"""What the component page shows: real specialties in invented states, no database."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Page, Paginator
from django.utils import timezone

from marketplace.portals.navigation import Organisation


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry of a menu, of tabs or of breadcrumbs."""

    label: str
    url: str = "#"
    icon: str = ""
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Unsold:
    """What is left of an unsold offer."""

    quantity_left: str
    days_left: int
    percent_left: int


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """A price from a quantity on."""

    from_quantity: int
    price: Decimal


@dataclass(frozen=True, kw_only=True)
class Product:
    """What a product card shows."""

    name: str
    place: str
    category: str
    price: Decimal
    unit: str
    net_weight_grams: int | None
    unsold: Unsold | None = None
    bulk: Bulk | None = None
    photo_url: str = ""
    url: str = "#"

    @property
    def county(self) -> str:
        return self.place.split()[0]

    @property
    def village(self) -> str:
        return self.place.split()[-1]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a table."""

    text: str
    note: str = ""
    url: str = ""
    tone: str = ""
    icon: str = ""


PRODUCTS = [
    Product(
        name="埔田竹笋",
        place="揭东区 埔田镇 新岭村",
        category="vegetables",
        price=Decimal("4.00"),
        unit="斤",
        net_weight_grams=500,
        unsold=Unsold(quantity_left="1,200 斤", days_left=5, percent_left=60),
        bulk=Bulk(from_quantity=200, price=Decimal("3.50")),
    ),
    Product(
        name="惠来乌叶荔枝 当天采摘 泡沫箱加冰",
        place="惠来县 葵潭镇 磁窑村",
        category="fruit",
        price=Decimal("5.00"),
        unit="斤",
        net_weight_grams=500,
        unsold=Unsold(quantity_left="3,600 斤", days_left=2, percent_left=82),
        bulk=Bulk(from_quantity=300, price=Decimal("4.50")),
    ),
    Product(
        name="揭阳酱油",
        place="榕城区 仙桥街道 美西村",
        category="seasoning",
        price=Decimal("9.80"),
        unit="瓶",
        net_weight_grams=585,
        bulk=Bulk(from_quantity=200, price=Decimal("8.80")),
    ),
    Product(
        name="坪上炒茶 春茶",
        place="揭东区 玉湖镇 坪上村",
        category="tea",
        price=Decimal("55.00"),
        unit="盒",
        net_weight_grams=250,
        bulk=Bulk(from_quantity=30, price=Decimal("49.50")),
    ),
    Product(
        name="大溪元宵柚",
        place="揭西县 大溪镇 井新村",
        category="fruit",
        price=Decimal("45.00"),
        unit="箱",
        net_weight_grams=5000,
        unsold=Unsold(quantity_left="420 箱", days_left=21, percent_left=35),
        bulk=Bulk(from_quantity=30, price=Decimal("40.00")),
    ),
    Product(
        name="惠来对虾",
        place="惠来县 前詹镇 沟疏村",
        category="seafood",
        price=Decimal("24.00"),
        unit="斤",
        net_weight_grams=500,
        unsold=Unsold(quantity_left="800 斤", days_left=1, percent_left=47),
    ),
    Product(
        name="普宁豆酱",
        place="普宁市 洪阳镇 德安里村",
        category="seasoning",
        price=Decimal("8.50"),
        unit="瓶",
        net_weight_grams=380,
        bulk=Bulk(from_quantity=200, price=Decimal("7.65")),
    ),
    Product(
        name="河婆葵笠",
        place="揭西县 河婆街道 乡肚村",
        category="crafts",
        price=Decimal("18.00"),
        unit="只",
        net_weight_grams=None,
        bulk=Bulk(from_quantity=100, price=Decimal("15.70")),
    ),
]

CATEGORIES = [
    ("fruit", "水果"),
    ("vegetables", "蔬菜"),
    ("seafood", "水产"),
    ("processed", "加工食品"),
    ("grain-oil", "粮油"),
    ("tea", "茶叶"),
    ("crafts", "手工艺品"),
    ("meat-eggs", "肉禽蛋"),
    ("seasoning", "调味"),
    ("dried-mushrooms", "干货菌菇"),
    ("nuts", "坚果"),
    ("honey", "蜂产品"),
]

COLOURS = [
    ("paper", "纸"),
    ("surface", "面"),
    ("sunken", "底"),
    ("ink", "墨"),
    ("soft", "淡墨"),
    ("line", "线"),
    ("green", "稻绿"),
    ("green-dark", "深稻绿"),
    ("green-wash", "稻绿底"),
    ("red", "荔枝红"),
    ("red-wash", "荔枝红底"),
    ("gold", "谷金"),
    ("gold-wash", "谷金底"),
    ("blue", "水蓝"),
    ("blue-wash", "水蓝底"),
]

CHART_COLOURS = [
    ("chart-accepted", "已验收"),
    ("chart-contracted", "已签约"),
    ("chart-paid", "已付款"),
    ("chart-refunded", "已退款"),
    ("chart-goal", "目标"),
    ("chart-other", "其他"),
]

STATUSES = [
    ("草稿", "neutral", ""),
    ("待审批", "waiting", ""),
    ("已通过", "good", ""),
    ("仅剩 2 天", "urgent", ""),
    ("已退回", "error", "undo-2"),
    ("已认定", "achieved", ""),
    ("运输中", "waiting", "truck"),
    ("已验收", "good", "package-check"),
]

LISTING_STEPS = [
    {"label": "拍照", "state": "done"},
    {"label": "是什么、多少", "state": "current"},
    {"label": "价格和期限", "state": "upcoming"},
]

ORDER_STEPS = [
    {"label": "已签约", "state": "done", "note": "11月16日"},
    {"label": "已确认", "state": "done", "note": "11月17日"},
    {"label": "已发货", "state": "current", "note": "顺丰 SF1402 2281 903"},
    {"label": "验收", "state": "upcoming"},
    {"label": "开票", "state": "upcoming"},
    {"label": "付款", "state": "upcoming"},
]

TRAIL = [
    {
        "title": "审批通过",
        "actor": "陈静 · 审批人",
        "at": "2026年11月16日 10:05",
        "tone": "good",
        "icon": "check",
        "text": "同意，走食堂四季度预算。",
    },
    {
        "title": "重新提交",
        "actor": "李伟 · 采购员",
        "at": "2026年11月15日 16:40",
        "tone": "waiting",
        "icon": "arrow-up-right",
    },
    {
        "title": "退回",
        "actor": "陈静 · 审批人",
        "at": "2026年11月15日 15:12",
        "tone": "error",
        "icon": "undo-2",
        "text": "竹笋数量超过食堂一周用量，请改为 300 斤以内。",
    },
    {"title": "提交申请", "actor": "李伟 · 采购员", "at": "2026年11月15日 09:30", "icon": "file-text"},
]

TABLE_COLUMNS = [
    {"label": "订单"},
    {"label": "供应商"},
    {"label": "数量", "numeric": True},
    {"label": "金额", "numeric": True},
    {"label": "状态"},
]

TABLE_ROWS = [
    [
        Cell(text="XF20261116-01", note="2026年11月16日", url="#"),
        Cell(text="新岭村竹笋专业合作社", note="揭东区 埔田镇"),
        Cell(text="300 斤"),
        Cell(text="¥1,050.00"),
        Cell(text="已发货", tone="waiting", icon="truck"),
    ],
    [
        Cell(text="XF20261112-07", note="2026年11月12日", url="#"),
        Cell(text="美西村股份经济合作社", note="榕城区 仙桥街道"),
        Cell(text="240 瓶"),
        Cell(text="¥2,112.00"),
        Cell(text="已验收", tone="good", icon="package-check"),
    ],
    [
        Cell(text="XF20261109-03", note="2026年11月9日", url="#"),
        Cell(text="井新村柚子种植合作社", note="揭西县 大溪镇"),
        Cell(text="60 箱"),
        Cell(text="¥2,400.00"),
        Cell(text="待付款", tone="urgent"),
    ],
]

TABLE_TOTAL = [
    Cell(text="合计"),
    Cell(text="3 家"),
    Cell(text=""),
    Cell(text="¥5,562.00"),
    Cell(text=""),
]

FACTS = [
    {"label": "产地", "value": "揭东区 埔田镇 新岭村"},
    {"label": "净含量", "value": "500 克", "note": "合 1 斤"},
    {"label": "采收时间", "value": "2026年11月20日起"},
    {"label": "储存", "value": "冷藏，5 天内食用"},
    {"label": "认定", "value": "广东省扶贫产品目录 粤2020-0312", "note": "有效至 2027年3月15日"},
]

FIGURES = [
    {
        "label": "本月已验收",
        "value": "¥38,462.50",
        "change": "+12.4%",
        "direction": "up",
        "compared": "比上月同期",
        "window": "11月1日至23日",
        "source": "按验收时间 · 截至今天 14:32",
    },
    {
        "label": "已签约未验收",
        "value": "¥9,120.00",
        "change": "−3.1%",
        "direction": "down",
        "compared": "比上月同期",
        "window": "11月1日至23日",
        "source": "按签约时间 · 截至今天 14:32",
    },
    {
        "label": "待认定产品",
        "value": "7",
        "unit": "个",
        "window": "最早的已等 31 小时",
        "source": "满 48 小时通知市办",
    },
    {
        "label": "带动农户",
        "value": "412",
        "unit": "户",
        "change": "+26 户",
        "direction": "up",
        "compared": "比上月",
        "window": "本年累计",
        "source": "按发放表，不重复计户",
    },
]

TODOS = [
    {
        "due": "今天 18:00 前",
        "tone": "urgent",
        "title": "确认 XF20261116-01：竹笋 300 斤",
        "text": "示范市第一中学 · ¥1,050.00 · 过时将提醒县扶贫办",
        "action": "确认订单",
        "url": "#",
    },
    {
        "due": "还剩 2 天",
        "tone": "achieved",
        "title": "发货：酱油 240 瓶",
        "text": "送到 榕城区 黄岐山大道 · 要填合格证",
        "action": "确认发货",
        "url": "#",
    },
    {
        "due": "随时",
        "title": "荔枝快到期了，改价还是撤下？",
        "text": "还剩 3,600 斤 · 售到 11月25日",
        "action": "改价",
        "url": "#",
    },
]

NAVIGATION = [
    Item(label="待办", icon="clipboard-list", is_current=True, count=3),
    Item(label="产品", icon="sprout"),
    Item(label="订单", icon="package", count=12),
    Item(label="收款", icon="wallet"),
    Item(label="我的村", icon="map-pin"),
]

TABS = [
    Item(label="待确认", is_current=True, count=3),
    Item(label="待发货", count=1),
    Item(label="待验收", count=6),
    Item(label="已完成"),
]

ORGANISATIONS = [
    Organisation(name="示范市第一中学", note="审批人 · 验收人", url="#navigation", is_current=True),
    Organisation(name="示范市第一人民医院", note="申请人", url="#navigation", count=2),
]

BREADCRUMBS = [Item(label="首页"), Item(label="揭东区"), Item(label="蔬菜"), Item(label="埔田竹笋")]

ACTIVE_FILTERS = [
    {"label": "揭东区", "remove_url": "#"},
    {"label": "蔬菜", "remove_url": "#"},
    {"label": "5 天内到期", "remove_url": "#"},
]


class SampleForm(forms.Form):
    """One field of every kind; text widgets for numbers, as everywhere."""

    product = forms.CharField(label="产品名称", max_length=30)
    price = forms.DecimalField(
        label="单价", help_text="含税，一个销售单位的价格。", decimal_places=2, widget=forms.TextInput
    )
    net_weight = forms.IntegerField(label="净重", help_text="一个销售单位的净重。", widget=forms.TextInput)
    unit = forms.ChoiceField(
        label="销售单位", choices=[("斤", "斤"), ("公斤", "公斤"), ("箱", "箱"), ("瓶", "瓶")]
    )
    sell_by = forms.DateField(label="售到哪天", widget=forms.DateInput(attrs={"type": "date"}))
    story = forms.CharField(
        label="产品故事",
        required=False,
        help_text="谁种的、怎么种的，两三句就好。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    storage = forms.ChoiceField(
        label="储存方式",
        choices=[("normal", "常温"), ("cool", "冷藏"), ("frozen", "冷冻")],
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(label="产品照片", help_text="对着产品拍一张，光线亮一些。")
    region = forms.CharField(label="产地", help_text="选到村。", max_length=12)
    promise = forms.BooleanField(label="我保证以上信息真实，并对质量负责")


class SampleFilterForm(forms.Form):
    """A filters bar of three fields."""

    county = forms.ChoiceField(
        label="县（市、区）", choices=[("", "全部"), ("445203", "揭东区"), ("445224", "惠来县")]
    )
    status = forms.ChoiceField(
        label="状态", choices=[("", "全部"), ("waiting", "待认定"), ("good", "已认定")]
    )
    text = forms.CharField(label="关键词", required=False)


def filled_form() -> SampleForm:
    """A form with something in it and nothing sent."""
    return SampleForm(
        initial={"product": "埔田竹笋", "price": "4.00", "net_weight": "500", "storage": "cool"}
    )


def refused_form() -> SampleForm:
    """A form that was sent with mistakes."""
    data = {"refused-product": "", "refused-price": "四元", "refused-net_weight": "500", "refused-unit": "斤"}
    return SampleForm(data, prefix="refused")


def sample_page() -> Page[int]:
    """The sixth of twelve pages."""
    return Paginator(range(240), 20).page(6)


def icon_names() -> list[str]:
    """Every icon of the sprite, in its order."""
    sprite = finders.find("img/icons.svg")
    return re.findall(r'<symbol id="([a-z0-9-]+)"', Path(sprite).read_text()) if sprite else []


def component_context() -> dict[str, object]:
    """Everything that templates/portals/operator/components.html shows."""
    return {
        "products": PRODUCTS,
        "categories": CATEGORIES,
        "icons": icon_names(),
        "colours": COLOURS,
        "chart_colours": CHART_COLOURS,
        "statuses": STATUSES,
        "listing_steps": LISTING_STEPS,
        "order_steps": ORDER_STEPS,
        "trail": TRAIL,
        "table_columns": TABLE_COLUMNS,
        "table_rows": TABLE_ROWS,
        "table_total": TABLE_TOTAL,
        "facts": FACTS,
        "figures": FIGURES,
        "todos": TODOS,
        "navigation": NAVIGATION,
        "tabs": TABS,
        "sample_organisations": ORGANISATIONS,
        "breadcrumbs": BREADCRUMBS,
        "active_filters": ACTIVE_FILTERS,
        "form": filled_form(),
        "refused_form": refused_form(),
        "filter_form": SampleFilterForm(),
        "page": sample_page(),
        "bamboo_price": Decimal("4.00"),
        "sauce_price": Decimal("9.80"),
        "in_half_an_hour": timezone.now() + timedelta(minutes=30),
    }
