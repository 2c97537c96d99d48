"""The web request's user, address and request id, for every entry that is recorded while it is served."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from marketplace.core.addresses import client_address
from marketplace.core.audit.context import Actor, acting_by, actor_of


class AuditMiddleware:
    """Names the request's user as the actor; stands after authentication and after the request id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")

        def find_actor() -> Actor:
            return actor_of(request.user, ip=client_address(request), request_id=request_id)

        with acting_by(find_actor):
            return self.get_response(request)
