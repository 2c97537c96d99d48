"""The editors' desk of the demo: its editor writes a page, its reviewer publishes it, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.rich_text import RichText

from cms.models import HomePage
from marketplace.demo.pages import drawing

if TYPE_CHECKING:
    from wagtail.models import Page

    from catalog.catalogue.models import Product
    from marketplace.accounts.models import User
    from marketplace.demo.goods import OnSale

NOTE = "<p>（演示文稿：村庄、产品是真实的名称，讲述和数字为示例。）</p>"


@dataclass(frozen=True)
class Desk:
    """Who writes, who publishes, and the goods that pages tell of."""

    editor: User
    reviewer: User
    goods: list[OnSale]

    @property
    def home(self) -> HomePage:
        """The front page."""
        front: HomePage = HomePage.objects.get()
        return front

    def publish(self, parent: Page, page: Page) -> Page:
        """The page below its parent: the one of this slug that is there already, else this one, published."""
        found: Page | None = parent.get_children().filter(slug=page.slug).first()
        if found:
            return found
        page.owner = self.editor
        parent.add_child(instance=page)
        self.renew(page)
        return page

    def renew(self, page: Page) -> None:
        """The page as it is now, written by the editor and published by the reviewer."""
        page.save_revision(user=self.editor).publish(user=self.reviewer)

    def product(self, county_code: str, word: str) -> Product:
        """The county's product whose name holds the word."""
        return next(
            each.record.product
            for each in self.goods
            if each.county_code == county_code and word in each.record.product.title
        )


def text(*paragraphs: str) -> tuple[str, RichText]:
    """A block of paragraphs."""
    return "text", RichText("".join(paragraphs))


def paragraphs(*lines: str) -> str:
    """Plain lines as paragraphs; "## " begins a heading."""
    return "".join(f"<h2>{line[3:]}</h2>" if line.startswith("## ") else f"<p>{line}</p>" for line in lines)


def steps(title: str, *pairs: tuple[str, str]) -> tuple[str, dict[str, Any]]:
    """A block of steps: what to do, and how."""
    return "steps", {"title": title, "steps": [{"title": what, "text": how} for what, how in pairs]}


def rule(title: str, **narrowed: Any) -> tuple[str, dict[str, Any]]:
    """A block of goods by rule."""
    block = {"county": None, "category": "", "within": "", "order": "soonest", "number": "4"}
    return "products_by_rule", {"title": title, **block, **narrowed}


def picture(title: str, names: tuple[str, ...], ground: str) -> Any:
    """A drawn picture, kept under its title."""
    return drawing.kept(title, names, ground)
