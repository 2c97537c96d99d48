"""The Celery application; tasks are found in every installed app's tasks module."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from marketplace import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
garbage.look_rarely()

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The worker's lines carry the id of the request that asked for the task.
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def log_as_django_does(**_: Any) -> None:
    """Celery would otherwise set up logging of its own, without the request id."""
    logging.config.dictConfig(settings.LOGGING)
