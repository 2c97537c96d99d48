"""The sales journal, append-only, and its roll-ups: exact at every moment."""

from django.apps import AppConfig


class SalesJournalConfig(AppConfig):
    name = "marketplace.sales_journal"
    label = "sales_journal"
