"""What happens to offers by itself."""

from celery import shared_task
from django.utils import timezone

from catalog.unsold_offers import services


@shared_task(ignore_result=True)
def expire_offers() -> None:
    """Offers whose last day of sale has passed are over; they have been off sale since midnight."""
    services.expire_offers(now=timezone.now())


@shared_task(ignore_result=True)
def escalate_waiting() -> None:
    """Cities are told of offers that have waited for 48 hours."""
    services.escalate_waiting(now=timezone.now())
