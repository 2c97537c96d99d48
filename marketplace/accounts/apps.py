"""Users: who logs in, by phone number, e-mail or user name."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    label = "accounts"
