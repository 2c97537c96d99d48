"""What we add to Wagtail's admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.campaigns.admin import VIEWSET as CAMPAIGN_ADMIN
from cms.campaigns.chooser import CAMPAIGNS
from cms.choosers import COUNTIES, PRODUCTS, VILLAGES
from cms.videos import Video


class VideoViewSet(SnippetViewSet):
    """Videos, with their own entry in the menu."""

    model = Video
    icon = "media"
    menu_order = 310
    add_to_admin_menu = True
    search_fields = ["title"]
    list_display = ["title", "uploaded_at"]


register_snippet(VideoViewSet)


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]  # Wagtail has no types
def leave_out_foreign_help(_request: HttpRequest, menu_items: list[object]) -> None:
    """Wagtail's own help is in English and elsewhere; ours is docs/guides/editor.md."""
    menu_items.clear()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail has no types
def register_choosers() -> list[object]:
    """The dialogs by which products, counties, villages and campaigns are chosen; campaigns' own pages."""
    return [PRODUCTS, COUNTIES, VILLAGES, CAMPAIGNS, CAMPAIGN_ADMIN]
