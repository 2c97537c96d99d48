"""How long whoever is served waits for the database; commands and tasks wait as long as it takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_patience: ContextVar[float | None] = ContextVar("database_patience", default=None)


def patience() -> float | None:
    """The seconds after which an answer comes too late; None: never."""
    return _patience.get()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Every answer of the database within the block comes in these seconds, or not at all."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


class PatienceMiddleware:
    """Whoever looks waits a little, whoever sends something longer: their turn at a row may take a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looks = request.method in ("GET", "HEAD")
        with within(settings.READ_PATIENCE_SECONDS if looks else settings.WRITE_PATIENCE_SECONDS):
            return self.get_response(request)
