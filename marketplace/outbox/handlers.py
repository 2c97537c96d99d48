"""Who delivers which topic."""

from collections.abc import Callable
from typing import TypeAlias

from marketplace.outbox.models import OutboxMessage

Handler: TypeAlias = Callable[[OutboxMessage], None]

_handlers: dict[str, Handler] = {}


class UnknownTopicError(LookupError):
    """Nobody has registered for this topic."""


def register(topic: str) -> Callable[[Handler], Handler]:
    """Makes the decorated function the one that delivers the topic's messages.

    It runs inside the transaction that marks the message as delivered: what it writes to the database happens
    exactly once, what it does outside happens at least once. It raises to be called again later.
    """

    def decorate(handler: Handler) -> Handler:
        if topic in _handlers:
            raise ValueError(f"The topic {topic} has a handler already.")
        _handlers[topic] = handler
        return handler

    return decorate


def handler_of(topic: str) -> Handler:
    """The function that delivers the topic's messages.

    Raises:
        UnknownTopicError: there is none.
    """
    try:
        return _handlers[topic]
    except KeyError:
        raise UnknownTopicError(topic) from None
