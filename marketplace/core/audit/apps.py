"""The audit trail: who did what, when, from where, and what it was before and after."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "marketplace.core.audit"
    label = "audit"
