"""Ways to pages: the navigation's, and those from goods to the story of their village.

Every page of the shop shows the navigation and every product asks for a story, so both are remembered in the
cache until a page is published, moved or taken down. They are remembered with a sign of the last such change:
a slow reader, who asked the database before it, cannot bring back what was.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr
from wagtail.models import Page, Site

from supplier_villages.regions.codes import code_range
from supplier_villages.regions.models import UPWARDS

if TYPE_CHECKING:
    from collections.abc import Callable

MENU, STORIES, LAST_CHANGE = "cms:links:menu", "cms:links:stories", "cms:links:last_change"
# What changes without a page's being published (who may see it) shows after this time.
REMEMBERED_SECONDS = 300
# Of a page directly below a site's front page.
MENU_DEPTH = 3
FRONT_PAGE_PATH_LENGTH = 8
# A story's village with its town, county, city and province.
LIES_IN = f"village__{UPWARDS}"


@dataclass(frozen=True, slots=True)
class Link:
    """A page in a list of ways; `section` is the part of the site that it leads."""

    label: str
    url: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """The pages of the navigation, in the order of the page tree."""

    links: list[Link]

    @property
    def has_halls(self) -> bool:
        """Whether editors run the county halls' page; else the shop's own list of counties stands in."""
        return any(link.section == "county" for link in self.links)


def menu() -> Menu:
    """The published pages below the front page that are to be in menus; two queries or none."""
    return Menu(_remembered(MENU, _menu_links))


def story_url(village_code: str) -> str:
    """The address of the newest story of the village, "" if there is none; two queries or none."""
    stories: dict[str, str] = _remembered(STORIES, _story_urls)
    return stories.get(village_code, "")


def stories_within(code: str) -> Any:
    """The published stories of the region's villages, the newest first, with places and pictures loaded."""
    # Blocks look for stories and stories are made of blocks: the class is asked for when both are there.
    story_page: Any = apps.get_model("cms", "StoryPage")
    first, last = code_range(code)
    stories = story_page.objects.live().public().filter(village_id__gte=first, village_id__lt=last)
    loaded = stories.select_related(LIES_IN).prefetch_related("picture", "picture__renditions")
    return loaded.order_by("-first_published_at", "-pk")


def hall_url(county_code: str) -> str:
    """The address of the county's hall, "" if it has none; two queries."""
    hall_page: Any = apps.get_model("cms", "HallPage")
    halls = hall_page.objects.live().public().filter(county_id=county_code)
    path = halls.order_by("-first_published_at", "-pk").values_list("url_path", flat=True).first()
    return address_of(path) if path else ""


def forget(**_: object) -> None:
    """The next look asks the database: a page has been published, moved or taken down."""
    cache.set(LAST_CHANGE, uuid.uuid4().hex, None)


def _menu_links() -> list[Link]:
    fronts = Site.objects.filter(root_page__path=Substr(OuterRef("path"), 1, FRONT_PAGE_PATH_LENGTH))
    pages = Page.objects.live().public().filter(Exists(fronts), depth=MENU_DEPTH, show_in_menus=True)
    rows = pages.order_by("path").values_list("title", "url_path", "content_type__model")
    return [Link(title, address_of(path), _section(model)) for title, path, model in rows]


def _story_urls() -> dict[str, str]:
    story_page: Any = apps.get_model("cms", "StoryPage")
    stories = story_page.objects.live().public()
    oldest_first = stories.order_by("first_published_at", "pk").values_list("village_id", "url_path")
    return {village: address_of(path) for village, path in oldest_first}


def address_of(url_path: str) -> str:
    """The address of a page of the one site: its path without the front page's own name."""
    return "/" + url_path.split("/", 2)[2]


def _section(model: str) -> str:
    return getattr(apps.get_model("cms", model), "section", "")


def _remembered(key: str, find: Callable[[], Any]) -> Any:
    """What was found last under this key; found anew where the cache has forgotten it or is away."""
    known = cache.get_many([LAST_CHANGE, key])
    change, (seen, found) = known.get(LAST_CHANGE), known.get(key, (None, None))
    if found is None or seen != change:
        found = find()
        cache.set(key, (change, found), REMEMBERED_SECONDS)
    return found
