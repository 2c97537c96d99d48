"""Pictures of the demo's pages: the licensed illustrations on quiet hills, labelled as drawings."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import sin

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from marketplace.demo.pictures import PICTURES
from marketplace.images.models import MarketImage

SIZE = (1280, 960)
CREDIT = "Fluent Emoji（Microsoft，MIT 许可）；示意图"
# Sky, far hill, near hill: the washes of the design.
GROUNDS = {
    "green": ("#EAF3EC", "#CFE3D5", "#B4D2BE"),
    "gold": ("#FBF3E0", "#F0DFB8", "#E3C98F"),
    "red": ("#FBEDEA", "#F3D3CC", "#E6B4AA"),
    "blue": ("#E8F1F5", "#C9DFE8", "#A9CBD9"),
}
DRAWN = 300
LINE = 760  # where the goods stand


def kept(title: str, names: tuple[str, ...], ground: str) -> MarketImage:
    """The picture of this title; drawn at the first call, its focal point on the goods."""
    return stored(
        title,
        f"demo-{ground}-{'-'.join(names)}.jpg",
        lambda: drawn(names, ground),
        focal_point_x=SIZE[0] // 2,
        focal_point_y=LINE - DRAWN // 2,
        focal_point_width=DRAWN * len(names),
        focal_point_height=DRAWN,
    )


def stored(title: str, name: str, content: Callable[[], bytes], **focal_point: int) -> MarketImage:
    """The picture of this title; made of the content, and labelled as a drawing, at the first call."""
    found: MarketImage | None = MarketImage.objects.filter(title=title).first()
    if found:
        return found
    made: MarketImage = MarketImage.objects.create(
        title=title,
        file=ImageFile(BytesIO(content()), name=name),
        description=f"示意图：{title}",
        credit=CREDIT,
        **focal_point,
    )
    return made


def drawn(names: tuple[str, ...], ground: str) -> bytes:
    """A JPEG: one to three of the demo's illustrations side by side before two rows of hills."""
    sky, far, near = GROUNDS[ground]
    sheet = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(sheet)
    pen.polygon(hills(560, 70, 0.006, 0.0), fill=far)
    pen.polygon(hills(700, 40, 0.009, 2.0), fill=near)
    width = SIZE[0] // (len(names) + 1)
    for number, name in enumerate(names, start=1):
        with Image.open(PICTURES / f"{name}.webp") as found:
            goods = found.convert("RGBA").resize((DRAWN, DRAWN), Image.Resampling.LANCZOS)
        sheet.paste(goods, (number * width - DRAWN // 2, LINE - DRAWN), goods)
    target = BytesIO()
    sheet.save(target, "JPEG", quality=88)
    return target.getvalue()


def hills(top: int, height: int, frequency: float, start: float) -> list[tuple[float, float]]:
    """The outline of a row of hills, down to the picture's lower edge."""
    width, bottom = SIZE
    crest = [(x, top + height * sin(start + x * frequency)) for x in range(0, width + 20, 20)]
    return [(0.0, float(bottom)), *crest, (float(width), float(bottom))]
