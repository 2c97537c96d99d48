"""What happens to stock by itself."""

from celery import shared_task
from django.utils import timezone

from catalog.partner import services


@shared_task(ignore_result=True)
def expire_reservations() -> None:
    """Stock of reservations that have run out can be bought again; late or twice does no harm."""
    services.expire_reservations(now=timezone.now())
