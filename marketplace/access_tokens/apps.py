"""Access tokens: by which another system acts for a person in one of their memberships."""

from django.apps import AppConfig


class AccessTokensConfig(AppConfig):
    name = "marketplace.access_tokens"
    label = "access_tokens"
