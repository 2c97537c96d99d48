"""Ways to pages: the navigation's, and those from goods to the story of their village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def stories_of(village_codes: Iterable[str]) -> Any:
    """The published stories of these villages, the newest first."""
    # Blocks look for stories and stories are made of blocks: the class is asked for when both are there.
    story_page: Any = apps.get_model("cms", "StoryPage")
    stories = story_page.objects.live().public().filter(village_id__in=list(village_codes))
    return stories.order_by("-first_published_at", "-pk")
