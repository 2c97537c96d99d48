"""Scheduled publishing, by beat."""

from celery import shared_task
from django.utils import timezone

from cms import scheduling


@shared_task
def publish_scheduled_pages() -> None:
    """Publishes what is approved and due, takes down what has expired; a second run finds nothing to do."""
    scheduling.publish_due(now=timezone.now())
