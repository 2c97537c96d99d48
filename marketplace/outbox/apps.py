"""The outbox: what must leave the database for certain, written with the fact and relayed by Celery."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from marketplace.core.health import alerts


class OutboxConfig(AppConfig):
    name = "marketplace.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Every installed app may have a module outbox_handlers that registers its topics."""
        autodiscover_modules("outbox_handlers")
        # Only now: it needs the models.
        from marketplace.outbox import queries

        alerts.register("outbox", queries.state)
