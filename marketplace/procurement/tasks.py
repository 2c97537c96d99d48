"""What the beat does for procurement."""

from celery import shared_task
from django.utils import timezone

from marketplace.procurement.services import requests


@shared_task
def expire_requests() -> int:
    """Requests whose reservation has run out are ended; how many."""
    return requests.expire_requests(now=timezone.now())
