"""Who acts and from where: set once per web request, task or command; read by whoever records."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

SYSTEM = "system"
VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; `user_id` is None for the system itself and for a visitor who is not logged in."""

    name: str
    user_id: int | None = None
    ip: str | None = None
    request_id: str = ""


def actor_of(user: AbstractBaseUser | AnonymousUser, *, ip: str | None = None, request_id: str = "") -> Actor:
    """The user as an actor, under the name that they bear now."""
    if isinstance(user, AnonymousUser) or user.pk is None:
        return Actor(name=VISITOR, ip=ip, request_id=request_id)
    name = getattr(user, "get_full_name", user.get_username)()
    return Actor(name=name, user_id=user.pk, ip=ip, request_id=request_id)


# What runs outside a web request and names nobody is the system.
_find_actor: ContextVar[Callable[[], Actor]] = ContextVar("audit_actor", default=lambda: Actor(name=SYSTEM))


def current_actor() -> Actor:
    """Who acts now."""
    return _find_actor.get()()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Everything recorded within the block is done by `actor`."""
    with acting_by(lambda: actor):
        yield


@contextmanager
def acting_by(find_actor: Callable[[], Actor]) -> Iterator[None]:
    """The same with an actor who is found only when something is recorded: a log-in changes who it is."""
    token = _find_actor.set(find_actor)
    try:
        yield
    finally:
        _find_actor.reset(token)
