"""How long whoever is served waits for the database; commands and tasks wait as long as it takes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass
class Patience:
    """The seconds that are left for waiting; what Python does meanwhile does not count."""

    left: float


_patience: ContextVar[Patience | None] = ContextVar("database_patience", default=None)


def patience() -> float | None:
    """The seconds after which an answer comes too late; None: never."""
    found = _patience.get()
    return max(found.left, 0.0) if found else None


@contextmanager
def waiting() -> Iterator[None]:
    """What the block takes is waited for, and no longer left."""
    found, begun = _patience.get(), time.monotonic()
    try:
        yield
    finally:
        if found:
            found.left -= time.monotonic() - begun


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All answers of the database within the block come in these seconds together, or not at all."""
    token = _patience.set(Patience(seconds))
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
