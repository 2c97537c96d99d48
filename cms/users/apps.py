"""Wagtail's user administration, led to the operator's portal."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's app with our user pages; its groups stay: they say who may edit which pages."""

    user_viewset = "cms.users.viewsets.UserViewSet"
