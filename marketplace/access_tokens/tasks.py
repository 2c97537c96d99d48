"""What happens to access tokens by itself."""

from celery import shared_task
from django.utils import timezone

from marketplace.access_tokens import services


@shared_task(ignore_result=True)
def revoke_ended_tokens() -> None:
    """Tokens of memberships that have ended are revoked for good; late or twice does no harm."""
    services.revoke_ended(now=timezone.now())
