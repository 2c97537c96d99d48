"""Scheduled publishing, by beat."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled_pages() -> None:
    """Publishes what is approved and due, takes down what has expired; a second run finds nothing to do."""
    call_command("publish_scheduled")
