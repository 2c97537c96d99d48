"""Users are opened and switched off in one place: the operator's portal, whose services leave a trail.

Wagtail's own pages would ask for a first and a last name, set passwords for others and delete people.
"""

from django.urls import URLPattern, path
from django.views.generic import RedirectView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

OF_ONE_USER = ("edit", "delete", "history", "history_results", "usage")


class UserViewSet(WagtailUserViewSet):
    """Wagtail's menu entry and names of addresses, each leading to the operator's portal."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Every name that Wagtail's templates reverse."""
        to_list = RedirectView.as_view(pattern_name="operator:users")
        to_user = RedirectView.as_view(pattern_name="operator:user")
        return [
            path("", to_list, name="index"),
            path("results/", to_list, name="index_results"),
            path("new/", RedirectView.as_view(pattern_name="operator:user_new"), name="add"),
            *(path(f"{name}/<int:pk>/", to_user, name=name) for name in OF_ONE_USER),
        ]
