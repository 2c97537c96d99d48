"""A task and a page that asks for it: nothing of ours hands over a task from a page, the outbox does."""

import structlog
from celery import shared_task
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path


@shared_task(name="tests.watching.noted")
def noted(*, phone: str) -> None:
    """Logs what no task should."""
    structlog.get_logger("tests").info("task ran", phone=phone)


@shared_task(name="tests.watching.broken")
def broken(*, phone: str) -> None:
    """Fails as a database does that quotes the row it refuses."""
    raise ValueError(f"duplicate key\nDETAIL: Key (name)=(欧阳秀英) already exists, call {phone}")


@login_not_required
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hands both tasks over."""
    noted.delay(phone=request.GET["phone"])
    broken.delay(phone=request.GET["phone"])
    return HttpResponse("handed over")


urlpatterns = [path("hand-over/", hand_over)]
