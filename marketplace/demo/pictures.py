"""Which picture shows which product: licensed illustrations on a plain ground, see pictures/LICENCE.md."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from catalog.catalogue.photos import RenderedPhoto, render_photo

PICTURES = Path(__file__).parent / "pictures"
GROUND = (245, 242, 234)
SIZE = (480, 360)
# The first word that the product's name holds decides; without one the category's drawing is shown.
WORDS = {
    "杨梅": "cherry", "笋": "greens", "梨": "pear", "虾": "shrimp",
    "蟹": "crab", "蚝": "oyster", "鲍": "oyster", "鱿": "squid",
    "鱼丸": "noodles", "菠萝": "pineapple", "芒果": "mango", "猕猴桃": "kiwi", "樱桃": "cherry",
    "香荔": "cherry", "荔枝": "cherry", "桃": "peach",
    "苹果": "apple", "蕉柑": "orange", "贡柑": "orange", "潮州柑": "orange",
    "橙": "orange", "桔": "orange", "西贡蕉": "banana", "葡萄酒": "wine", "葡萄": "grapes", "娘酒": "wine",
    "柚": "pomelo", "橄榄": "olive", "油柑": "olive", "番薯": "sweet-potato", "红薯": "sweet-potato",
    "洋芋": "potato", "马铃薯": "potato", "蜂蜜": "honey", "油粘米": "rice", "丝苗米": "rice", "大米": "rice",
    "稻米": "rice", "苦荞": "grain", "豆": "beans",
    "板栗": "chestnut", "油栗": "chestnut", "核桃": "chestnut",
    "姜": "ginger", "蒜": "garlic", "椒": "pepper", "菜心": "greens", "芥菜": "greens", "白菜": "greens",
    "萝卜": "radish", "咖啡": "coffee", "茶油": "sauce", "酱油": "sauce", "茶": "tea", "火腿": "ham",
    "猪脚": "ham", "腊": "bacon", "香肠": "bacon", "猪": "pig", "牛肉": "meat", "羊": "sheep", "鹅": "goose",
    "鸭": "goose", "鸡": "chicken", "罗非鱼": "fish", "鲤": "fish", "大头鱼": "fish", "桂花鱼": "fish",
    "饼": "cake", "糕": "cake", "酥": "cake", "粿条": "noodles", "线面": "noodles", "米粉": "noodles",
    "粉丝": "noodles", "糖": "candy", "灯笼": "lantern", "篮": "basket", "笠": "basket", "蒸笼": "basket",
}  # fmt: skip


def picture_of(title: str) -> RenderedPhoto | None:
    """The product's picture; None where none fits."""
    name = next((name for word, name in WORDS.items() if word in title), None)
    return on_ground(name) if name else None


@cache
def on_ground(name: str) -> RenderedPhoto:
    """The illustration in the middle of a plain ground, 4:3; rendered once, however many products show it."""
    with Image.open(PICTURES / f"{name}.webp") as found:
        drawn = found.convert("RGBA")
    ground = Image.new("RGB", SIZE, GROUND)
    ground.paste(drawn, ((SIZE[0] - drawn.width) // 2, (SIZE[1] - drawn.height) // 2), drawn)
    target = BytesIO()
    ground.save(target, "JPEG", quality=88)
    return render_photo(target)
